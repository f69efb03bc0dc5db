/** Pictures become small and stay what they were. The PNGs are made here, by the specification: https://www.w3.org/TR/png-3/ */
import { deflateSync, inflateSync } from 'node:zlib';
import { withPalette } from '../../scripts/png';

type Pixel = [number, number, number];
const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  // The checksum, which nobody reads here.
  return Buffer.concat([length, body, Buffer.alloc(4)]);
}

/** Each row by another filter: none, sub, up, average, Paeth, and again. */
function filtered(rows: Pixel[][]): Buffer {
  const lines = rows.map((row) => row.flat());
  return Buffer.concat(
    lines.map((line, y) => {
      const encoded = line.map((byte, x) => {
        const left = line[x - 3] ?? 0;
        const up = lines[y - 1]?.[x] ?? 0;
        const corner = lines[y - 1]?.[x - 3] ?? 0;
        const p = left + up - corner;
        const nearest = [left, up, corner].reduce((best, each) => (Math.abs(p - each) < Math.abs(p - best) ? each : best));
        return (byte - ([0, left, up, Math.floor((left + up) / 2), nearest][y % 5] ?? 0)) & 255;
      });
      return Buffer.from([y % 5, ...encoded]);
    }),
  );
}

function png(rows: Pixel[][], colourType = 2): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(rows[0]?.length ?? 0, 0);
  header.writeUInt32BE(rows.length, 4);
  header.set([8, colourType], 8);
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', deflateSync(filtered(rows))), chunk('IEND', Buffer.alloc(0))]);
}

/** Of a picture with a palette and without filters. */
function pixels(picture: Buffer): Pixel[][] {
  const parts = new Map<string, Buffer>();
  for (let at = 8; at < picture.length; ) {
    const length = picture.readUInt32BE(at);
    const type = picture.toString('latin1', at + 4, at + 8);
    parts.set(type, picture.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  // The end of every PNG, with its checksum.
  expect(picture.subarray(-12).toString('hex')).toBe('0000000049454e44ae426082');
  const part = (type: string) => parts.get(type) ?? Buffer.alloc(0);
  const [width, raw, colours] = [part('IHDR').readUInt32BE(0), inflateSync(part('IDAT')), part('PLTE')];
  expect(colours.length).toBeLessThanOrEqual(3 * 256);
  return Array.from({ length: raw.length / (width + 1) }, (_, y) =>
    [...raw.subarray(y * (width + 1) + 1, (y + 1) * (width + 1))].map((index) => [...colours.subarray(index * 3, index * 3 + 3)] as Pixel),
  );
}

const away = (a: Pixel, b: Pixel) => Math.max(...a.map((channel, n) => Math.abs(channel - (b[n] ?? 0))));

test('a picture of few colours keeps them, whichever filter each row has', () => {
  const inks: Pixel[] = [
    [255, 255, 255],
    [0, 0, 0],
    [192, 19, 67],
    [11, 92, 138],
  ];
  const rows = Array.from({ length: 12 }, (_, y) => Array.from({ length: 7 }, (_, x) => inks[(x * y + x) % inks.length] as Pixel));
  expect(pixels(withPalette(png(rows)))).toEqual(rows);
});

test('of more than 256 colours each becomes one that is near', () => {
  const rows = Array.from({ length: 40 }, (_, y) => Array.from({ length: 40 }, (_, x) => [x * 6, y * 6, 128] as Pixel));
  const small = pixels(withPalette(png(rows)));
  expect(Math.max(...rows.flatMap((row, y) => row.map((pixel, x) => away(pixel, small[y]?.[x] as Pixel))))).toBeLessThan(60);
});

test('what Chromium does not write is refused', () => {
  expect(() => withPalette(png([[[0, 0, 0]]], 3))).toThrow(/not one of 8 bits a channel/);
});
