import sharp from "sharp";
import type { Raster } from "./pdf.ts";

/** Image formats that are taken in; each is decoded in full before it is believed. */
export const imageTypes = ["image/jpeg", "image/png", "image/webp"] as const;

/** A media type of `imageTypes`. */
export type ImageType = (typeof imageTypes)[number];

/** Answer of looking into an image: its size as it is shown, or why it is refused. */
export type ImageLook = { readonly width: number; readonly height: number } | { readonly problem: "broken" | "too_large" };

// Hostile images: libvips may not cache what it decoded, and may not take longer than this.
sharp.cache(false);
const seconds = 20;

/** Decodes every pixel of an image to know that it is whole; `maxPixels` is checked on the header, before memory is taken. */
export const lookAtImage = async (bytes: Uint8Array, maxPixels: number): Promise<ImageLook> => {
  const broken = (): undefined => undefined;
  const header = await sharp(bytes, { limitInputPixels: false }).metadata().catch(broken);
  if (header === undefined) return { problem: "broken" };
  if (header.width * header.height > maxPixels) return { problem: "too_large" };
  // Drawn small, so that 100 megapixels pass through without being held; the whole file is decoded all the same.
  const decoded = await sharp(bytes, { limitInputPixels: maxPixels, failOn: "error", sequentialRead: true }).resize({ width: 16, height: 16, fit: "fill", fastShrinkOnLoad: false }).timeout({ seconds }).raw().toBuffer().catch(broken);
  if (decoded === undefined) return { problem: "broken" };
  // Exif orientation 5 to 8 lies on its side.
  const lies = (header.orientation ?? 1) >= 5;
  return lies ? { width: header.height, height: header.width } : { width: header.width, height: header.height };
};

/** An image as an upright WebP of at most `width` pixels across, on white, without the camera's metadata. */
export const imageAsWebp = async (bytes: Uint8Array, width: number, maxPixels: number): Promise<Uint8Array> =>
  new Uint8Array(
    await sharp(bytes, { limitInputPixels: maxPixels, failOn: "none" }).autoOrient().flatten({ background: "#fff" }).resize({ width, withoutEnlargement: true }).timeout({ seconds }).webp({ quality: 82 }).toBuffer(),
  );

/** A drawn page as WebP. */
export const rasterAsWebp = async (raster: Raster): Promise<Uint8Array> =>
  new Uint8Array(await sharp(raster.pixels, { raw: { width: raster.width, height: raster.height, channels: raster.channels } }).removeAlpha().webp({ quality: 82 }).toBuffer());

/** An image upright, in grey, at most `maxSide` pixels on its longer side. */
export const imageAsGrey = async (bytes: Uint8Array, maxSide: number, maxPixels: number): Promise<Raster> => {
  const { data, info } = await sharp(bytes, { limitInputPixels: maxPixels, failOn: "none" })
    .autoOrient()
    .flatten({ background: "#fff" })
    .resize({ width: maxSide, height: maxSide, fit: "inside", withoutEnlargement: true })
    .greyscale()
    .toColourspace("b-w")
    .timeout({ seconds })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 1, pixels: new Uint8Array(data) };
};

/** Grey pixels as PNG, packed lightly because it is read once and thrown away. */
export const greyAsPng = (raster: Raster): Promise<Buffer> =>
  sharp(raster.pixels, { raw: { width: raster.width, height: raster.height, channels: 1 } }).png({ compressionLevel: 1 }).toBuffer();
