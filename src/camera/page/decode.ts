import type { Pixels } from '../pixels/pixels';
import { isJpeg, withoutExif } from '../pixels/withoutExif';

/** A picture that was opened. */
export interface Opened {
  pixels: Pixels;
  isJpeg: boolean;
}

/**
 * Decodes a picture file as the library does: no rotation, no colour profile, and the colours under transparent pixels stay.
 *
 * @throws {Error} when the browser reads no picture in it
 */
export async function decode(file: Blob): Promise<Opened> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const plain = new Blob([withoutExif(bytes)]);
  const bitmap = await createImageBitmap(plain, {
    premultiplyAlpha: 'none',
    colorSpaceConversion: 'none',
  }).catch(() => {
    throw new Error('no picture is in it that this browser can read (PNG, JPEG, WebP, GIF, BMP)');
  });
  try {
    return { pixels: pixelsOf(bitmap), isJpeg: isJpeg(bytes) };
  } finally {
    bitmap.close();
  }
}

function pixelsOf(bitmap: ImageBitmap): Pixels {
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', {
    willReadFrequently: true,
  })!;
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const isOpaque = data.every((value, i) => i % 4 < 3 || value === 255);
  return { width, height, data: isOpaque ? data : (unmultiplied(bitmap) ?? data) };
}

/** A 2D canvas multiplies colours with alpha, and what is transparent becomes black; a texture keeps them. */
function unmultiplied(bitmap: ImageBitmap): Uint8ClampedArray | undefined {
  const { width, height } = bitmap;
  const gl = new OffscreenCanvas(1, 1).getContext('webgl');
  if (!gl || Math.max(width, height) > gl.getParameter(gl.MAX_TEXTURE_SIZE)) return undefined;
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
  gl.pixelStorei(gl.UNPACK_COLORSPACE_CONVERSION_WEBGL, gl.NONE);
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, bitmap);
  gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
  const texture = gl.getParameter(gl.TEXTURE_BINDING_2D) as WebGLTexture;
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  const bytes = new Uint8Array(width * height * 4);
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return new Uint8ClampedArray(bytes.buffer);
}
