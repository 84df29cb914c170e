import { z } from 'zod';

/** What a saved model says about its pictures, in `model.json` under `userDefinedMetadata.smileLab`. */
export const classifierMetadata = z.object({
  classNames: z.array(z.string()).min(2),
  imageSize: z.tuple([z.number().int().positive(), z.number().int().positive()]),
  scale: z.number().positive(),
});
