import { letterTypes } from "@lontar/naskah";
import { useNavigate } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import type { InputOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { dayOf } from "../kernel/days.ts";
import { uuidv7 } from "../kernel/ids.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { numberWords } from "../kernel/time.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { Button } from "../ui/Button.tsx";
import { DayField } from "../ui/DateField.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Fault } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { useInquiryMessages } from "./inquiry-messages.ts";
import { MandateLine, RoomFrame, UnderMandate } from "./RoomFrame.tsx";
import { SampleCard } from "./SampleCards.tsx";
import { useMandate } from "./use-mandate.ts";
import css from "./Room.module.css";

/** `/pengawasan/uji-petik`: spot checks whose list is locked before anybody knows what will decide. */
export const SamplesPage = (): ReactElement => {
  const words = useInquiryMessages().samples;
  const { mandate } = useMandate();
  const [isLocking, setLocking] = useState(false);
  const { data } = useRead("inquiry.samples", {});
  const start = <Button kind="primary" icon="plus" onClick={() => setLocking(true)}>{words.start}</Button>;
  return (
    <RoomFrame title={words.title} lead={<><p>{words.lead}</p><MandateLine /></>} acts={mandate !== undefined && data !== undefined && data.length > 0 ? start : undefined}>
      {data === undefined && <PageLoading />}
      {data !== undefined && data.length > 0 && <ul className={css["grid"]}>{data.map((sample) => <li key={sample.id}><SampleCard sample={sample} /></li>)}</ul>}
      {data !== undefined && data.length === 0 && <UnderMandate>{() => <EmptyState drawing="search" title={words.none} acts={start}>{words.noneLead}</EmptyState>}</UnderMandate>}
      {isLocking && mandate !== undefined && <LockDialog inspectionId={mandate.id} onClose={() => setLocking(false)} />}
    </RoomFrame>
  );
};

type Filter = Required<NonNullable<InputOf<"inquiry.population">["filter"]>>;

const LockDialog = ({ inspectionId, onClose }: { readonly inspectionId: string; readonly onClose: () => void }): ReactElement => {
  const words = useInquiryMessages().samples;
  const time = useTimeWords();
  const today = dayOf(useNow(), time.zone);
  const navigate = useNavigate();
  const { tenant } = useMe();
  const choices = useRead("inquiry.choices", {});
  const [sampleId] = useState(uuidv7);
  const [title, setTitle] = useState("");
  const [count, setCount] = useState("30");
  const [source, setSource] = useState("");
  const [filter, setFilter] = useState<Filter>({ q: "", kind: null, types: [], unitId: null, from: null, to: null });
  const population = useCommand("inquiry.population");
  const lock = useCommand("inquiry.lockSample", { outdates: ["inquiry.samples"], onDone: () => { notify("done", words.isLocked); void navigate({ href: `/pengawasan/uji-petik/${sampleId}` }); } });
  const change = (part: Partial<Filter>): void => {
    setFilter({ ...filter, ...part });
    population.reset(); // what was counted is no longer what will be locked
  };
  const counted = population.data;
  const wanted = Number(count);
  const isReady = title.trim() !== "" && source.trim() !== "" && counted !== undefined && !counted.isTooMany && Number.isInteger(wanted) && wanted >= 1 && wanted <= Math.min(500, counted.members);
  const types = letterTypes.filter((type) => type.level === tenant.kind && type.forAct === undefined);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={words.lockTitle}
      lead={words.lockLead}
      width={720}
      onPhone="full"
      isHeld={lock.isPending}
      foot={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          {isReady ? <Button kind="primary" icon="lock" isBusy={lock.isPending} onClick={() => lock.mutate({ id: inspectionId, sampleId, title: title.trim(), filter, count: wanted, source: source.trim() })}>{words.lock}</Button> : <Button kind="primary" isBusy={population.isPending} onClick={() => population.mutate({ id: inspectionId, filter })}>{words.countMembers}</Button>}
        </>
      }
    >
      <div className={css["form"]}>
        <label className={css["wide"]}>{words.name}<input type="text" data-autofocus value={title} maxLength={200} onChange={(event) => setTitle(event.target.value)} /></label>
        <label>{words.kind}<select value={filter.kind ?? ""} onChange={(event) => change({ kind: event.target.value === "surat" || event.target.value === "naskah" ? event.target.value : null, types: [] })}><option value="">{words.anyKind}</option><option value="surat">{words.surat}</option><option value="naskah">{words.naskah}</option></select></label>
        <label>{words.types}<select value={filter.types?.[0] ?? ""} disabled={filter.kind === "surat"} onChange={(event) => change({ types: event.target.value === "" ? [] : [event.target.value] })}><option value="">{words.anyType}</option>{types.map((type) => <option key={type.code} value={type.code}>{type.title}</option>)}</select></label>
        <label>{words.unit}<select value={filter.unitId ?? ""} onChange={(event) => change({ unitId: event.target.value === "" ? null : event.target.value })}><option value="">{words.anyUnit}</option>{choices.data?.units.map((unit) => <option key={unit.id} value={unit.id}>{unit.name}</option>)}</select></label>
        <label>{words.q}<input type="search" value={filter.q} maxLength={100} onChange={(event) => change({ q: event.target.value })} /></label>
        <DayField label={words.from} today={today} max={today} value={filter.from ?? ""} onChange={(from) => change({ from: from === "" ? null : from })} />
        <DayField label={words.to} today={today} max={today} value={filter.to ?? ""} onChange={(to) => change({ to: to === "" ? null : to })} />
        <label>{words.count}<input type="number" min={1} max={500} value={count} onChange={(event) => setCount(event.target.value)} /></label>
        <label className={css["wide"]}>{words.source}<input type="text" value={source} maxLength={200} onChange={(event) => setSource(event.target.value)} /><small className={css["quiet"]}>{words.sourceNote}</small></label>
      </div>
      <div role="status">
        {counted !== undefined && <p className={css["note"]}>{counted.isTooMany ? words.tooMany : counted.members === 0 ? words.noMembers : words.members(numberWords(counted.members, time.language))}</p>}
        {counted !== undefined && counted.first.length > 0 && <p className={css["quiet"]}>{counted.first.map((letter) => `${letter.number} ${letter.subject}`).join(" · ")}</p>}
      </div>
      <Fault error={population.error ?? lock.error} />
    </Dialog>
  );
};
