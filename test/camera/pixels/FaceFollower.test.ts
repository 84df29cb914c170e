import { FaceFollower } from '../../../src/camera/pixels/FaceFollower';

test('FaceFollower says where a face must be, one picture long, and has it looked for then', () => {
  const follower = new FaceFollower();
  expect(follower.expected(0, '640×480')).toBeUndefined();
  follower.found({ left: 10, top: 50, side: 90 }, 0, '640×480');
  expect(follower.expected(50, '640×480')).toEqual({ left: 10, top: 50, side: 90 });
  expect(follower.expected(100, '640×480')).toBeUndefined();
});

test('FaceFollower moves a face on as it has moved, and no further', () => {
  const follower = new FaceFollower();
  follower.found({ left: 10, top: 50, side: 90 }, 0, '640×480');
  follower.found({ left: 30, top: 40, side: 100 }, 100, '640×480');
  expect(follower.expected(150, '640×480')).toEqual({ left: 40, top: 35, side: 100 });
  follower.found({ left: 50, top: 30, side: 100 }, 200, '640×480');
  expect(follower.expected(900, '640×480')).toEqual({ left: 70, top: 20, side: 100 });
});

test('FaceFollower forgets a face that is gone, and one in a picture of another size', () => {
  const follower = new FaceFollower();
  follower.found({ left: 10, top: 50, side: 90 }, 0, '640×480');
  expect(follower.expected(50, '480×640')).toBeUndefined();
  follower.found(undefined, 100, '640×480');
  expect(follower.expected(150, '640×480')).toBeUndefined();
});
