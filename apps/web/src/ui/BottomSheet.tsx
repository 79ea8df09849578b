import { useRef, useState, type CSSProperties, type PointerEvent, type ReactElement, type ReactNode } from "react";
import css from "./BottomSheet.module.css";

/** How much of its frame the sheet covers. */
export type SheetHeight = "low" | "half" | "tall";

const shares = { low: 0.26, half: 0.63, tall: 0.94 } as const satisfies Record<SheetHeight, number>;
const order = ["low", "half", "tall"] as const satisfies readonly SheetHeight[];

/**
 * A panel at the right on a desktop, a sheet over the document on a phone: drag its handle, or press it to go up a step (and from the
 * top down again). Its frame must be `position: relative`. `foot` (the ActBar) always stays in sight.
 */
export const BottomSheet = ({ label, grabLabel, children, foot, start = "half" }: { readonly label: string; readonly grabLabel: string; readonly children: ReactNode; readonly foot?: ReactNode; readonly start?: SheetHeight }): ReactElement => {
  const [share, setShare] = useState<number>(shares[start]);
  const [isSettling, setSettling] = useState(true);
  const panel = useRef<HTMLElement>(null);
  const drag = useRef<{ readonly y: number; readonly share: number; readonly frame: number; hasMoved: boolean } | undefined>(undefined);

  const settle = (to: number): void => {
    setSettling(true);
    setShare(to);
  };
  const down = (event: PointerEvent<HTMLButtonElement>): void => {
    const frame = panel.current?.offsetParent?.clientHeight ?? 0;
    if (frame === 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { y: event.clientY, share, frame, hasMoved: false };
    setSettling(false);
  };
  const move = (event: PointerEvent): void => {
    const from = drag.current;
    if (from === undefined) return;
    if (Math.abs(event.clientY - from.y) > 6) from.hasMoved = true;
    setShare(Math.min(shares.tall, Math.max(0.16, from.share - (event.clientY - from.y) / from.frame)));
  };
  const up = (): void => {
    const from = drag.current;
    if (from === undefined) return;
    if (from.hasMoved) settle(order.map((height) => shares[height]).reduce((best, height) => (Math.abs(height - share) < Math.abs(best - share) ? height : best)));
  };
  const press = (): void => {
    const dragged = drag.current?.hasMoved === true;
    drag.current = undefined;
    if (dragged) return;
    const next = order.find((height) => shares[height] > share + 0.02);
    settle(shares[next ?? "half"]);
  };
  const style: CSSProperties & Record<"--sheet", number> = { "--sheet": share };
  return (
    <section ref={panel} className={css["panel"]} style={style} aria-label={label} data-settling={isSettling || undefined}>
      <button type="button" className={css["grab"]} aria-label={grabLabel} onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={up} onClick={press} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <div className={css["scroll"]} tabIndex={0} role="group" aria-label={label}>{children}</div>
      {foot}
    </section>
  );
};
