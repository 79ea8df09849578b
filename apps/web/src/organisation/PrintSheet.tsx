import { useEffect, useState, type ReactElement } from "react";
import { createPortal, flushSync } from "react-dom";
import { cx } from "../ui/class-names.ts";
import { pictureOf, sizes, type Picture } from "./layout.ts";
import { openable, standingOf, type OrgNode } from "./tree.ts";
import { CardBody, Wires } from "./OrgChart.tsx";
import css from "./OrgChart.module.css";

/** A3 landscape less its margins, in points of the screen (96 to the inch). */
const paper = { w: 1510, h: 1010 } as const;
const shelves = [1500, 2000, 2600, 3400, 4500, 6000, 9000, Number.POSITIVE_INFINITY] as const;

/** The whole tree on one A3 sheet, drawn beside the app when the printer asks for it and seen by the printer alone. */
export const PrintSheet = ({ title, note, roots }: { readonly title: string; readonly note: string; readonly roots: readonly OrgNode[] }): ReactElement | null => {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    // The browser draws the page at once after this event: the sheet must be there when the listener returns.
    const before = (): void => flushSync(() => setPrinting(true));
    const after = (): void => setPrinting(false);
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
    };
  }, []);
  if (!isPrinting) return null;
  // The rows are as wide as makes the cards largest on the paper.
  const open = openable(roots);
  const scaleOf = ({ width, height }: Picture): number => Math.min(paper.w / width, paper.h / height, 1.2);
  const picture = shelves.map((shelf) => pictureOf(roots, open, shelf)).reduce((best, each) => (scaleOf(each) > scaleOf(best) ? each : best));
  const scale = scaleOf(picture);
  return createPortal(
    <div data-susunan className={css["sheet"]}>
      <header><h1>{title}</h1><span>{note}</span></header>
      {/* Zoomed and not transformed: a transform would leave the space of the full size, and push the picture to a page of its own. */}
      <div className={css["paper"]} style={{ width: picture.width, height: picture.height, zoom: scale }}>
        <Wires wires={picture.wires} width={picture.width} height={picture.height} />
        {picture.cards.map(({ node, x, y }) => <div key={node.key} className={cx(css["card"], css[standingOf(node)])} style={{ left: x, top: y, width: sizes.card.w, height: sizes.card.h }}><CardBody node={node} /></div>)}
      </div>
    </div>,
    document.body,
  );
};
