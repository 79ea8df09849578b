import { useDeferredValue, useState, type FormEvent, type ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { useRead } from "../kernel/queries.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
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
  const query = useDeferredValue(text.trim());
  const { found, isSearching } = useFoundRecipients(query);
  const toggle = (recipient: Recipient): void => {
    const isChosen = chosen.some((each) => sameAs(each, recipient));
    onChange(isChosen ? chosen.filter((each) => !sameAs(each, recipient)) : [...chosen, recipient]);
  };
  return (
    <Dialog isOpen onClose={onClose} title={label} lead={words.recipients.chosen(chosen.length)} width={600} onPhone="full" foot={<Button kind="primary" onClick={onClose}>{words.recipients.done}</Button>}>
      <ChosenRecipients chosen={chosen} onChange={onChange} />
      <fieldset className={css["picker"]}>
        <legend className="vh">{words.recipients.search}</legend>
        <label className={css["search"]}>
          <Icon name="search" size={18} />
          <input type="search" data-autofocus value={text} placeholder={words.recipients.search} aria-label={words.recipients.search} onChange={(event) => setText(event.target.value)} onKeyDown={(event) => {
            const [first] = found;
            if (event.key !== "Enter" || first === undefined) return;
            event.preventDefault();
            toggle(first.recipient);
            setText("");
          }} />
        </label>
        <ul aria-busy={isSearching}>
          {found.map(({ recipient, note, avatar, face }) => (
            <li key={recipient.kind === "post" ? recipient.positionId : recipient.kind === "partner" ? recipient.tenantId : recipient.label}>
              <label className={css["choice"]}>
                <input type="checkbox" checked={chosen.some((each) => sameAs(each, recipient))} onChange={() => toggle(recipient)} />
                <PostAvatar name={face} kind={avatar} />
                <span>
                  <b>{recipient.label}</b>
                  <small>{note}</small>
                </span>
                <Icon name="check" size={18} />
              </label>
            </li>
          ))}
        </ul>
        {found.length === 0 && !isSearching && <p className={css["hint"]}>{query.length < 2 ? words.recipients.searchHint : words.recipients.none}</p>}
      </fieldset>
      <Outside label={label} onAdd={(recipient) => onChange([...chosen, recipient])} />
    </Dialog>
  );
};

const useFoundRecipients = (query: string): { readonly found: readonly Found[]; readonly isSearching: boolean } => {
  const words = useDraftMessages();
  const { post: postWords } = useMessages();
  const isOn = query.length >= 2;
  const posts = useRead("office.posts", { q: query, scope: "all" }, { isOn });
  const partners = useRead("office.partners", { q: query }, { isOn });
  if (!isOn) return { found: [], isSearching: false };
  const found = [
    ...(posts.data ?? []).slice(0, 10).map((post): Found => ({
      recipient: { kind: "post", positionId: post.id, label: post.title },
      note: [post.holder ?? words.recipients.vacant, post.holding === null ? "" : postWords.holding[post.holding], post.unit].filter((part) => part !== "").join(" · "),
      avatar: post.holder === null ? "vacant" : post.holding === "definitif" ? "person" : "acting",
      face: post.holder ?? post.title,
    })),
    ...(partners.data ?? []).slice(0, 6).map((partner): Found => ({ recipient: { kind: "partner", tenantId: partner.tenantId, label: partner.name }, note: words.recipients.partner, avatar: "system", face: partner.name })),
  ];
  return { found, isSearching: posts.isFetching || partners.isFetching };
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

const Outside = ({ label, onAdd }: { readonly label: string; readonly onAdd: (recipient: Recipient) => void }): ReactElement => {
  const words = useDraftMessages();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [place, setPlace] = useState("");
  const add = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === "") return;
    onAdd({ kind: "external", label: name.trim(), email: email.trim() === "" ? null : email.trim(), place: place.trim() });
    setName("");
    setEmail("");
    setPlace("");
  };
  return (
    <form className={css["outside"]} onSubmit={add}>
      <h3>{words.recipients.outside}</h3>
      <label>{words.addOutside}<input value={name} maxLength={200} aria-label={`${label}: ${words.addOutside}`} onChange={(event) => setName(event.target.value)} /></label>
      <label>{words.outsideMail}<input type="email" value={email} maxLength={200} aria-label={`${label}: ${words.outsideMail}`} onChange={(event) => setEmail(event.target.value)} /></label>
      <label>{words.recipients.outsidePlace}<input value={place} maxLength={120} aria-label={`${label}: ${words.recipients.outsidePlace}`} onChange={(event) => setPlace(event.target.value)} /></label>
      <Button type="submit" icon="plus" disabled={name.trim() === ""}>{words.add}</Button>
      <p className={css["hint"]}>{words.recipients.outsideHint}</p>
    </form>
  );
};
