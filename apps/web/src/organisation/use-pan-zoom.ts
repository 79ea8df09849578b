import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from "react";
import { sightOf, type Part } from "./sight.ts";

/** Where a picture lies under its window. */
type View = { readonly x: number; readonly y: number; readonly k: number };

/** What a picture that can be moved and enlarged offers. */
export type PanZoom = {
  readonly viewport: RefObject<HTMLDivElement | null>;
  readonly layer: RefObject<HTMLDivElement | null>;
  /** Per cent, for the label between the buttons. */
  readonly percent: number;
  /** The part worth drawing: what is in the window, and a margin. The same object while it serves. */
  readonly sight: Part;
  readonly zoom: (factor: number) => void;
  readonly pan: (dx: number, dy: number) => void;
  /** The whole picture, or at least its top, at a size one can read. */
  readonly fit: () => void;
  /** Brings a part into sight; `isCentred` also when it is in sight already. */
  readonly show: (part: Part, isCentred?: boolean) => void;
};

const least = 0.12;
const most = 2.5;
/** Smaller than this nobody reads a card; the whole of a large office is seen by zooming out. */
const readable = 0.6;

/**
 * Moves and enlarges a picture with mouse, fingers and keys. The transform is written to the element, not through React: a drag over two thousand
 * cards renders nothing. A wheel moves as a page does; with Ctrl, or as a pinch on a touchpad, it enlarges about the pointer.
 */
export const usePanZoom = (width: number, height: number): PanZoom => {
  const viewport = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const view = useRef<View>({ x: 0, y: 0, k: 1 });
  const size = useRef({ width, height });
  const [percent, setPercent] = useState(100);
  const [sight, setSight] = useState<Part>({ x: 0, y: 0, w: 0, h: 0 });
  useEffect(() => {
    size.current = { width, height };
  }, [width, height]);

  const apply = useCallback((next: View, isSmooth = false): void => {
    const box = viewport.current;
    const element = layer.current;
    if (box === null || element === null) return;
    const k = Math.min(most, Math.max(least, next.k));
    // At least a corner of the picture stays in the window: nobody searches for a picture he has pushed away.
    const x = Math.min(box.clientWidth - 80, Math.max(80 - size.current.width * k, next.x));
    const y = Math.min(box.clientHeight - 60, Math.max(60 - size.current.height * k, next.y));
    view.current = { x, y, k };
    element.style.transition = isSmooth ? "transform 0.22s ease-out" : "none";
    element.style.transform = `translate(${x}px, ${y}px) scale(${k})`;
    setPercent(Math.round(k * 100));
    setSight((drawn) => sightOf(drawn, { x: -x / k, y: -y / k, w: box.clientWidth / k, h: box.clientHeight / k }, k));
  }, []);

  const zoomAbout = useCallback((factor: number, px: number, py: number, isSmooth = false): void => {
    const { x, y, k } = view.current;
    const to = Math.min(most, Math.max(least, k * factor));
    apply({ k: to, x: px - ((px - x) * to) / k, y: py - ((py - y) * to) / k }, isSmooth);
  }, [apply]);

  useEffect(() => {
    const box = viewport.current;
    if (box === null) return undefined;
    const at = (event: { readonly clientX: number; readonly clientY: number }): readonly [number, number] => {
      const { left, top } = box.getBoundingClientRect();
      return [event.clientX - left, event.clientY - top];
    };
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) zoomAbout(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.006)), ...at(event));
      else apply({ ...view.current, x: view.current.x - (event.shiftKey ? event.deltaY : event.deltaX), y: view.current.y - (event.shiftKey ? 0 : event.deltaY) });
    };
    const resized = new ResizeObserver(() => apply(view.current));
    resized.observe(box);
    const fingers = new Map<number, readonly [number, number]>();
    const spread = (): { readonly middle: readonly [number, number]; readonly apart: number } => {
      const [a = [0, 0], b = a] = [...fingers.values()];
      return { middle: [((a[0] ?? 0) + (b[0] ?? 0)) / 2, ((a[1] ?? 0) + (b[1] ?? 0)) / 2], apart: Math.hypot((a[0] ?? 0) - (b[0] ?? 0), (a[1] ?? 0) - (b[1] ?? 0)) };
    };
    let hasMoved = 0;
    const down = (event: PointerEvent): void => {
      if (event.button !== 0) return;
      fingers.set(event.pointerId, at(event));
      hasMoved = 0;
    };
    const move = (event: PointerEvent): void => {
      if (!fingers.has(event.pointerId)) return;
      const before = spread();
      fingers.set(event.pointerId, at(event));
      const after = spread();
      const dx = after.middle[0] - before.middle[0];
      const dy = after.middle[1] - before.middle[1];
      hasMoved += Math.abs(dx) + Math.abs(dy);
      if (hasMoved > 4 && !box.hasPointerCapture(event.pointerId)) box.setPointerCapture(event.pointerId); // a press that does not move stays a press on a card
      if (hasMoved > 4) apply({ ...view.current, x: view.current.x + dx, y: view.current.y + dy });
      if (fingers.size === 2 && before.apart > 0) zoomAbout(after.apart / before.apart, ...after.middle);
    };
    const up = (event: PointerEvent): void => void fingers.delete(event.pointerId);
    const click = (event: MouseEvent): void => {
      if (hasMoved > 4) event.stopPropagation(); // the end of a drag is no press
      hasMoved = 0;
    };
    box.addEventListener("wheel", wheel, { passive: false });
    box.addEventListener("pointerdown", down);
    box.addEventListener("pointermove", move);
    box.addEventListener("pointerup", up);
    box.addEventListener("pointercancel", up);
    box.addEventListener("click", click, true);
    return () => {
      resized.disconnect();
      box.removeEventListener("wheel", wheel);
      box.removeEventListener("pointerdown", down);
      box.removeEventListener("pointermove", move);
      box.removeEventListener("pointerup", up);
      box.removeEventListener("pointercancel", up);
      box.removeEventListener("click", click, true);
    };
  }, [apply, zoomAbout]);

  return useMemo(() => {
    const middle = (): readonly [number, number] => [(viewport.current?.clientWidth ?? 0) / 2, (viewport.current?.clientHeight ?? 0) / 2];
    return {
      viewport,
      layer,
      percent,
      sight,
      zoom: (factor) => zoomAbout(factor, ...middle(), true),
      pan: (dx, dy) => apply({ ...view.current, x: view.current.x + dx, y: view.current.y + dy }, true),
      fit: () => {
        const box = viewport.current;
        if (box === null) return;
        const whole = Math.min((box.clientWidth - 48) / size.current.width, (box.clientHeight - 48) / size.current.height, 1);
        const k = Math.max(whole, Math.min(readable, 1));
        apply({ k, x: (box.clientWidth - size.current.width * k) / 2, y: k > whole ? 24 : Math.max(24, (box.clientHeight - size.current.height * k) / 2) });
      },
      show: (part, isCentred = false) => {
        const box = viewport.current;
        if (box === null) return;
        const { x, y, k } = view.current;
        const [left, top, right, bottom] = [x + part.x * k, y + part.y * k, x + (part.x + part.w) * k, y + (part.y + part.h) * k];
        const isInSight = left >= 16 && top >= 16 && right <= box.clientWidth - 16 && bottom <= box.clientHeight - 16;
        if (isInSight && !isCentred) return;
        const to = Math.max(k, readable);
        apply({ k: to, x: box.clientWidth / 2 - (part.x + part.w / 2) * to, y: box.clientHeight / 2 - (part.y + part.h / 2) * to }, true);
      },
    };
  }, [apply, percent, sight, zoomAbout]);
};
