import type { Words } from "@lontar/contract";
import { useLayoutEffect, useRef, useState, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useTimeWords } from "../session/me.ts";
import { useRoomMessages } from "./room-messages.ts";
import css from "./Room.module.css";

type Timeline = ResultOf<"flags.look">["timeline"];

const lanes = { letter: 46, log: 120, axis: 156, height: 172 } as const;
const left = 92;
const right = 26;

/** What the letter claims above what the log recorded, on one axis of time, and the gap between them. Drawn at the width it has, so that its words keep their size. */
export const ClaimChart = ({ timeline }: { readonly timeline: Timeline }): ReactElement | null => {
  const words = useRoomMessages().flags;
  const time = useTimeWords();
  const holder = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = holder.current;
    if (element === null) return undefined;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const { letter, log, gap } = timeline;
  const moments = [...letter.flatMap((mark) => [mark.from, mark.to ?? mark.from]), ...log.map((point) => point.at), ...(gap === null ? [] : [gap.from, gap.to ?? gap.from])].map((moment) => Date.parse(moment));
  if (letter.length === 0 && gap === null) return null;
  const [first, last] = [Math.min(...moments), Math.max(...moments)];
  const x = (moment: string): number => Math.round(left + ((Date.parse(moment) - first) / Math.max(1, last - first)) * Math.max(1, width - left - right));
  const say = (label: Words): string => label[time.language];
  const axis = last - first > 2 * 86_400_000 ? time.mediumDate : (moment: string): string => `${time.mediumDate(moment)} ${time.clock(moment)}`;
  const [begin, end] = [new Date(first).toISOString(), new Date(last).toISOString()];
  const edges = gap === null ? undefined : { from: x(gap.from), to: x(gap.to ?? gap.from) };
  return (
    <div ref={holder}>
      {width > 0 && (
        <svg className={css["chart"]} width={width} height={lanes.height} viewBox={`0 0 ${width} ${lanes.height}`} role="img" aria-label={[`${words.byLetter}: ${letter.map((mark) => `${say(mark.label)} ${time.mediumDate(mark.from)}`).join(", ")}`, `${words.byLog}: ${log.map((point) => `${say(point.label)} ${time.when(point.at, end)}`).join(" ")}`, ...(gap === null ? [] : [say(gap.label)])].join(". ")}>
          {edges !== undefined && edges.to > edges.from && (
            <>
              <rect className={css["gap"]} x={edges.from} y={lanes.letter} width={edges.to - edges.from} height={lanes.log - lanes.letter} />
              <path className={css["drop"]} d={`M${edges.from} ${lanes.letter}V${lanes.log}M${edges.to} ${lanes.letter}V${lanes.log}`} />
            </>
          )}
          <path className={css["lane"]} d={`M${left} ${lanes.letter}H${width - right}M${left} ${lanes.log}H${width - right}`} />
          <text className={css["name"]} x={0} y={lanes.letter + 4}>{words.byLetter}</text>
          <text className={css["name"]} x={0} y={lanes.log + 4}>{words.byLog}</text>
          {letter.map((mark, at) => <Claim key={`${mark.from} ${say(mark.label)}`} x={x(mark.from)} to={mark.to === null ? null : x(mark.to)} label={say(mark.label)} width={width} isRaised={at % 2 === 1} />)}
          {log.map((point) => <circle key={point.eventId} className={css["act"]} cx={x(point.at)} cy={lanes.log} r={5} />)}
          {edges !== undefined && gap !== null && edges.to - edges.from > 30 && <GapLabel from={edges.from} to={edges.to} label={say(gap.label)} />}
          <text x={left} y={lanes.axis}>{axis(begin)}</text>
          {last > first && <text x={width - right} y={lanes.axis} textAnchor="end">{axis(end)}</text>}
        </svg>
      )}
    </div>
  );
};

const Claim = ({ x, to, label, width, isRaised }: { readonly x: number; readonly to: number | null; readonly label: string; readonly width: number; readonly isRaised: boolean }): ReactElement => (
  <>
    {to === null ? <circle className={css["claim"]} cx={x} cy={lanes.letter} r={6} /> : <rect className={css["span"]} x={x} y={lanes.letter - 8} width={Math.max(8, to - x)} height={16} rx={4} />}
    <text x={x > width - 140 ? Math.min(x, width) : x} y={isRaised ? lanes.letter - 30 : lanes.letter - 14} textAnchor={x > width - 140 ? "end" : "start"}>{label}</text>
  </>
);

const GapLabel = ({ from, to, label }: { readonly from: number; readonly to: number; readonly label: string }): ReactElement => {
  const middle = (from + to) / 2;
  const y = (lanes.letter + lanes.log) / 2;
  const half = label.length * 4 + 14;
  const hasRoom = to - from > half * 2 + 24;
  return (
    <>
      {hasRoom && <path className={css["arrow"]} d={`M${from + 4} ${y}H${middle - half}M${from + 10} ${y - 4}l-6 4 6 4M${middle + half} ${y}H${to - 4}M${to - 10} ${y - 4}l6 4-6 4`} />}
      <rect className={css["pill"]} x={middle - half} y={y - 13} width={half * 2} height={26} rx={13} />
      <text className={css["pillText"]} x={middle} y={y + 4.500} textAnchor="middle">{label}</text>
    </>
  );
};
