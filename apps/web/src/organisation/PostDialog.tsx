import { useState, type FormEvent, type ReactElement } from "react";
import type { InputOf } from "../kernel/api.ts";
import { useMessages } from "../kernel/catalog/index.ts";
import { uuidv7 } from "../kernel/ids.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Fault } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import type { ActProps } from "./ActDialog.tsx";
import { changesTheChart } from "./acts.ts";
import { decreeInput } from "./decree.ts";
import { DecreeField } from "./DecreeField.tsx";
import { faultAt, restOf, type FieldName } from "./faults.ts";
import { useOrganisationMessages } from "./messages.ts";
import { Input, MovePreview, NodeField, postChoices, StartField, unitChoices } from "./Parts.tsx";
import { EndDialog } from "./UnitDialog.tsx";
import { useChange, useSaid } from "./use-change.ts";
import css from "./Forms.module.css";

type Facts = InputOf<"organisation.definePost">["facts"];
type Props = ActProps<"newPost" | "editPost">;

/** Begins a post, or changes its title, place and functions from a day on. */
export const PostDialog = (props: Props): ReactElement => {
  const words = useOrganisationMessages().form;
  const { act, chart } = props;
  const id = act.kind === "editPost" ? act.id : "";
  const history = useRead("organisation.post", { id }, { isOn: act.kind === "editPost" });
  if (act.kind === "newPost") {
    const beside = chart.posts.filter((post) => post.unitId === act.unitId).length;
    return <PostForm {...props} id={undefined} first={{ unitId: act.unitId ?? "", title: "", shortTitle: "", superiorId: act.superiorId, role: "staf", functions: [], order: chart.posts.length + beside, code: null }} />;
  }
  const facts = history.data?.periods.findLast((period) => period.facts !== null)?.facts ?? undefined;
  if (facts !== undefined) return <PostForm {...props} id={id} first={facts} />;
  return <Dialog isOpen title={words.editPost} onClose={props.onClose}>{history.error === null ? <PageLoading /> : <Fault error={history.error} />}</Dialog>;
};

const functionNames = ["leader", "signer", "registrar", "archivist", "operator", "inspector", "admin"] as const;
const fields: readonly FieldName[] = ["title", "shortTitle", "superior", "parent", "unit", "role", "order", "since", "code"];

const PostForm = ({ chart, onClose, onMade, id, first }: Props & { readonly id: string | undefined; readonly first: Facts }): ReactElement => {
  const words = useOrganisationMessages();
  const { form } = words;
  const { cancel } = useMessages().dialog;
  const [facts, setFacts] = useState<Facts>(first);
  const [made] = useState(() => uuidv7());
  const change = useChange();
  const say = useSaid();
  const withdraw = useCommand("organisation.withdrawPost", { outdates: changesTheChart });
  const save = useCommand("organisation.definePost", {
    outdates: changesTheChart,
    onDone: (_result, input) => {
      say(input.since, change.isPlan, form.saved, () => withdraw.mutate({ id: input.id, since: input.since }));
      onClose();
      if (id === undefined && !change.isPlan) onMade(made);
    },
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    change.setTried(true);
    const since = change.instant();
    if (since === undefined || change.hasDecreeGap || facts.unitId === "" || [facts.title, facts.shortTitle, facts.role].some((value) => value.trim() === "")) return;
    save.mutate({ id: id ?? made, facts: { ...facts, code: facts.code == null || facts.code.trim() === "" ? null : facts.code }, since, decree: decreeInput(change.decree) ?? null });
  };
  const text = (name: "title" | "shortTitle" | "role", note?: string, max = 160): ReactElement => (
    <Input label={form[name]} note={note} fault={change.isTried && facts[name].trim() === "" ? form.needed : faultAt(save.error, name)}>{(given) => <input {...given} data-autofocus={name === "title" || undefined} value={facts[name]} maxLength={max} onChange={(event) => setFacts({ ...facts, [name]: event.target.value })} />}</Input>
  );
  const isMoved = id !== undefined && (facts.unitId !== first.unitId || facts.superiorId !== first.superiorId);
  return (
    <Dialog isOpen onClose={onClose} title={id === undefined ? form.newPost : form.editPost} lead={id === undefined ? undefined : first.title} width={640} onPhone="full" isHeld={save.isPending} foot={<><Button onClick={onClose}>{cancel}</Button><Button kind="primary" type="submit" form="post-form" isBusy={save.isPending}>{change.isPlan ? form.plan : form.save}</Button></>}>
      <form id="post-form" onSubmit={send} noValidate>
        {text("title")}
        <div className={css["pair"]}>
          {text("shortTitle", undefined, 60)}
          {text("role", form.roleNote, 40)}
        </div>
        <NodeField label={form.unit} search={form.chooseParent} choices={unitChoices(chart)} value={facts.unitId === "" ? null : facts.unitId} onChange={(unitId) => setFacts({ ...facts, unitId: unitId ?? "" })} fault={change.isTried && facts.unitId === "" ? form.needed : faultAt(save.error, "unit")} />
        <NodeField label={form.superior} search={form.chooseSuperior} none={form.noSuperior} choices={postChoices(chart).filter((choice) => choice.id !== id)} value={facts.superiorId} onChange={(superiorId) => setFacts({ ...facts, superiorId })} fault={faultAt(save.error, "superior") ?? faultAt(save.error, "parent")} />
        {isMoved && <MovePreview kind="post" id={id} parentId={facts.unitId} at={change.previewAt ?? chart.at} />}
        <fieldset className={css["checks"]}>
          <legend>{form.functions}</legend>
          {functionNames.map((name) => (
            <label key={name} className={css["check"]}>
              <input type="checkbox" checked={facts.functions.includes(name)} onChange={(event) => setFacts({ ...facts, functions: event.target.checked ? [...facts.functions, name] : facts.functions.filter((each) => each !== name) })} />
              {words.functions[name]}
            </label>
          ))}
        </fieldset>
        <div className={css["pair"]}>
          <Input label={form.order} fault={faultAt(save.error, "order")}>{(given) => <input {...given} type="number" min={0} max={1_000_000} value={facts.order} onChange={(event) => setFacts({ ...facts, order: Math.max(0, Math.trunc(Number(event.target.value) || 0)) })} />}</Input>
          <Input label={form.postCode} note={form.postCodeNote} fault={faultAt(save.error, "code")}>{(given) => <input {...given} value={facts.code ?? ""} maxLength={40} onChange={(event) => setFacts({ ...facts, code: event.target.value })} />}</Input>
        </div>
        <StartField value={change.start} today={change.today} onChange={change.setStart} fault={change.isTried && change.instant() === undefined ? form.dateNeeded : faultAt(save.error, "since")} />
        <DecreeField value={change.decree} onChange={change.setDecree} isOptional showsGap={change.isTried && change.hasDecreeGap} />
        <Fault error={restOf(save.error, fields)} />
      </form>
    </Dialog>
  );
};

/** Ends a post; one that is held, has work or subordinates says so. */
export const ClosePostDialog = ({ act, onClose }: ActProps<"closePost">): ReactElement => {
  const { form } = useOrganisationMessages();
  const change = useChange();
  const say = useSaid();
  const withdraw = useCommand("organisation.withdrawPost", { outdates: changesTheChart });
  const end = useCommand("organisation.closePost", { outdates: changesTheChart, onDone: (_result, input) => { say(input.since, change.isPlan, form.closed, () => withdraw.mutate({ id: input.id, since: input.since })); onClose(); } });
  return <EndDialog title={form.close(act.title)} lead={form.closeLead} label={form.closeAct} change={change} error={end.error} isBusy={end.isPending} onClose={onClose} onSend={(since) => end.mutate({ id: act.id, since, decree: decreeInput(change.decree) ?? null })} />;
};
