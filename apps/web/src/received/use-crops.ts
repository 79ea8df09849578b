import { useEffect, useState } from "react";
import { address } from "../kernel/server.ts";
import { cropLines } from "./crop-lines.ts";
import type { FactField, Proposal } from "./facts-form.ts";

/** A piece of the scan: the address of its picture, and how many lines of the page it shows. */
export type Crop = { readonly image: string; readonly lines: number };

const pageWidth = 1600;
const widest = 900;

/** The pieces of the scan that were read, cut out of the page pictures, as pictures. */
export const useCrops = (letterId: string, sha256: string | undefined, proposals: ReadonlyMap<FactField, Proposal>): ReadonlyMap<FactField, Crop> => {
  const [crops, setCrops] = useState<ReadonlyMap<FactField, Crop>>(new Map());
  const wanted = [...proposals].map(([field, { page, box }]) => `${field} ${page} ${box.x} ${box.y} ${box.w} ${box.h}`).join("\n");
  useEffect(() => {
    if (sha256 === undefined || wanted === "") return undefined;
    const made: string[] = [];
    let isGone = false;
    const cut = async (): Promise<void> => {
      const pages = new Map<number, HTMLImageElement>();
      const next = new Map<FactField, Crop>();
      for (const [field, proposal] of proposals) {
        const page = pages.get(proposal.page) ?? (await picture(address("received.pageImage", { id: letterId, sha256, page: proposal.page, width: pageWidth })));
        pages.set(proposal.page, page);
        const url = await piece(page, proposal.box);
        if (url === undefined) continue;
        made.push(url);
        next.set(field, { image: url, lines: cropLines(proposal, page.naturalHeight / page.naturalWidth) });
      }
      if (!isGone) setCrops(next);
    };
    // Without pictures the text as read stands in the crop's place.
    cut().catch(() => undefined);
    return () => {
      isGone = true;
      for (const url of made) URL.revokeObjectURL(url);
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `wanted` stands for the proposals
  }, [letterId, sha256, wanted]);
  return crops;
};

const picture = async (src: string): Promise<HTMLImageElement> => {
  const image = new Image();
  image.src = src;
  await image.decode();
  return image;
};

/** A little paper is left around the words, so that the eye sees where they stood. */
const piece = (page: HTMLImageElement, box: Proposal["box"]): Promise<string | undefined> => {
  const [width, height] = [page.naturalWidth, page.naturalHeight];
  const around = 0.006;
  const left = Math.max(0, box.x - around) * width;
  const top = Math.max(0, box.y - around * 0.7) * height;
  const cutWidth = Math.min(width - left, (box.w + 2 * around) * width);
  const cutHeight = Math.min(height - top, (box.h + 1.4 * around) * height);
  const scale = Math.min(1, widest / cutWidth);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(cutWidth * scale));
  canvas.height = Math.max(1, Math.round(cutHeight * scale));
  canvas.getContext("2d")?.drawImage(page, left, top, cutWidth, cutHeight, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob === null ? undefined : URL.createObjectURL(blob)), "image/webp", 0.85));
};
