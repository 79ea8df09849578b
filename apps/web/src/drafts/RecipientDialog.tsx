import { useDeferredValue, useRef, useState, type FormEvent, type ReactElement, type Ref } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { useRead } from "../kernel/queries.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Hint } from "../ui/Field.tsx";
import { Fault } from "../ui/Page.tsx";
import { Picker, PickerRow } from "../ui/Picker.tsx";
import { PostAvatar } from "../ui/Small.tsx";
import type { Recipient } from "./draft-view.ts";
import { useDraftMessages } from "./messages.ts";
import css from "./Panels.module.css";

type Found = { readonly recipient: Recipient; readonly note: string; readonly avatar: "person" | "acting" | "vacant" | "system"; readonly face: string };

const sameAs = (one: Recipient, other: Recipient): boolean => (one.kind === "post" && other.kind === "post" ? one.positionId === other.positionId : one.kind === "partner" && other.kind === "partner" ? one.tenantId === other.tenantId : one.kind === other.kind && one.label === other.label);

/** Addressees or receivers of a copy: posts inside, connected governments, and people outside by e-mail. Chosen ones are ordered as they will be printed. */
export const RecipientDialog = ({ label, chosen, onChange, onClose }: { readonly label: string; readonly chosen: readonly Recipient[]; readonly onChange: (next: Recipient[]) => void; readonly onClose: () => void }): ReactElement => {
  const words = useDraftMessages();
  const [text, setText] = useState("");
  const [outside, setOutside] = useState<Outsider>(nobody);
  const outsideForm = useRef<HTMLFormElement>(null);
  const query = useDeferredValue(text.trim());
  const { found, isSearching, error } = useFoundRecipients(query);
  const isChosen = (recipient: Recipient): boolean => chosen.some((each) => sameAs(each, recipient));
  const add = (recipient: Recipient): void => onChange(isChosen(recipient) ? [...chosen] : [...chosen, recipient]);
  const toggle = (recipient: Recipient): void => (isChosen(recipient) ? onChange(chosen.filter((each) => !sameAs(each, recipient))) : add(recipient));
  const first = found[0]?.recipient;
  /** Who is typed below counts, also without a press on *Tambah*; an address that is none is shown instead. */
  const addOutside = (): boolean => {
    const recipient = recipientOf(outside);
    if (recipient === undefined) return true;
    if (outsideForm.current?.reportValidity() === false) return false;
    add(recipient);
    setOutside(nobody);
    return true;
  };
  const finish = (): void => void (addOutside() && onClose());
  return (
    <Dialog isOpen onClose={finish} title={label} lead={words.recipients.chosen(chosen.length)} width={600} onPhone="full" foot={<Button kind="primary" onClick={finish}>{words.recipients.done}</Button>}>
      <ChosenRecipients chosen={chosen} onChange={onChange} />
      <Picker
        label={words.recipients.search}
        search={{ label: words.recipients.search, text, onText: setText, isAutofocused: true, onEnter: first === undefined ? undefined : () => { add(first); setText(""); } }}
        isBusy={isSearching}
        nothing={error !== null ? <Fault error={error} /> : found.length > 0 || isSearching ? undefined : query.length < 2 ? words.recipients.searchHint : words.recipients.none}
      >
        {found.map(({ recipient, note, avatar, face }) => (
          <PickerRow key={recipient.kind === "post" ? recipient.positionId : recipient.kind === "partner" ? recipient.tenantId : recipient.label} isChosen={isChosen(recipient)} onChoose={() => toggle(recipient)} mark={<PostAvatar name={face} kind={avatar} />} title={recipient.label} note={note} />
        ))}
      </Picker>
      <Outside label={label} form={outsideForm} value={outside} onChange={setOutside} onAdd={addOutside} />
    </Dialog>
  );
};

const useFoundRecipients = (query: string): { readonly found: readonly Found[]; readonly isSearching: boolean; readonly error: Error | null } => {
  const words = useDraftMessages();
  const { post: postWords } = useMessages();
  const isOn = query.length >= 2;
  const posts = useRead("office.posts", { q: query, scope: "all" }, { isOn });
  const partners = useRead("office.partners", { q: query }, { isOn });
  if (!isOn) return { found: [], isSearching: false, error: null };
  const found = [
    ...(posts.data ?? []).slice(0, 10).map((post): Found => ({
      recipient: { kind: "post", positionId: post.id, label: post.title },
      note: [post.holder ?? words.recipients.vacant, post.holding === null ? "" : postWords.holding[post.holding], post.unit].filter((part) => part !== "").join(" · "),
      avatar: post.holder === null ? "vacant" : post.holding === "definitif" ? "person" : "acting",
      face: post.holder ?? post.title,
    })),
    ...(partners.data ?? []).slice(0, 6).map((partner): Found => ({ recipient: { kind: "partner", tenantId: partner.tenantId, label: partner.name }, note: words.recipients.partner, avatar: "system", face: partner.name })),
  ];
  return { found, isSearching: posts.isFetching || partners.isFetching, error: posts.error ?? partners.error };
};

const ChosenRecipients = ({ chosen, onChange }: { readonly chosen: readonly Recipient[]; readonly onChange: (next: Recipient[]) => void }): ReactElement | null => {
  const words = useDraftMessages();
  if (chosen.length === 0) return null;
  const up = (index: number): Recipient[] => chosen.flatMap((each, at) => (at === index - 1 ? [chosen[index] ?? each, each] : at === index ? [] : [each]));
  return (
    <ol className={css["chosen"]}>
      {chosen.map((each, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the order is the meaning
        <li key={index}>
          <span>
            {each.label}
            {each.kind === "external" && <small>{[each.email, each.place].filter((part) => part !== null && part !== "").join(" · ")}</small>}
          </span>
          {index > 0 && <button type="button" aria-label={words.recipients.up(each.label)} title={words.recipients.up(each.label)} onClick={() => onChange(up(index))}>↑</button>}
          <IconButton label={words.remove(each.label)} icon="close" size="small" onClick={() => onChange(chosen.filter((_, at) => at !== index))} />
        </li>
      ))}
    </ol>
  );
};

type Outsider = { readonly name: string; readonly email: string; readonly place: string };

const nobody: Outsider = { name: "", email: "", place: "" };

const recipientOf = ({ name, email, place }: Outsider): Recipient | undefined => (name.trim() === "" ? undefined : { kind: "external", label: name.trim(), email: email.trim() === "" ? null : email.trim(), place: place.trim() });

const Outside = ({ label, form, value, onChange, onAdd }: { readonly label: string; readonly form: Ref<HTMLFormElement>; readonly value: Outsider; readonly onChange: (next: Outsider) => void; readonly onAdd: () => void }): ReactElement => {
  const words = useDraftMessages();
  const add = (event: FormEvent): void => {
    event.preventDefault();
    onAdd();
  };
  return (
    <form ref={form} className={css["outside"]} onSubmit={add}>
      <h3>{words.recipients.outside}</h3>
      <label>{words.addOutside}<input value={value.name} maxLength={200} aria-label={`${label}: ${words.addOutside}`} onChange={(event) => onChange({ ...value, name: event.target.value })} /></label>
      <label>{words.outsideMail}<input type="email" value={value.email} maxLength={200} aria-label={`${label}: ${words.outsideMail}`} onInvalid={(event) => event.currentTarget.setCustomValidity(words.recipients.badMail)} onChange={(event) => { event.target.setCustomValidity(""); onChange({ ...value, email: event.target.value }); }} /></label>
      <label>{words.recipients.outsidePlace}<input value={value.place} maxLength={120} aria-label={`${label}: ${words.recipients.outsidePlace}`} onChange={(event) => onChange({ ...value, place: event.target.value })} /></label>
      <Button type="submit" icon="plus" disabled={value.name.trim() === ""}>{words.add}</Button>
      <Hint>{words.recipients.outsideHint}</Hint>
    </form>
  );
};
