import { useDeferredValue, useId, useState, type ReactElement } from "react";
import { useRead } from "../kernel/queries.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import type { Recipient } from "./draft-view.ts";
import { useDraftMessages } from "./messages.ts";
import css from "./Draft.module.css";

/** Addressees or receivers of a copy: posts inside, connected governments, people outside. */
export const Recipients = ({ label, chosen, onChange }: { readonly label: string; readonly chosen: readonly Recipient[]; readonly onChange: (next: Recipient[]) => void }): ReactElement => {
  const words = useDraftMessages();
  const id = useId();
  const [text, setText] = useState("");
  const [outside, setOutside] = useState("");
  const [mail, setMail] = useState("");
  const query = useDeferredValue(text.trim());
  const posts = useRead("office.posts", { q: query, scope: "all" }, { isOn: query.length >= 2 });
  const partners = useRead("office.partners", {});
  const take = (title: string): void => {
    const post = posts.data?.find((each) => each.title === title);
    if (post === undefined) return setText(title);
    onChange([...chosen, { kind: "post", positionId: post.id, label: post.title }]);
    setText("");
  };
  return (
    <fieldset className={css["group"]}>
      <legend>{label}</legend>
      {chosen.length > 0 && (
        <ul className={css["people"]}>
          {chosen.map((each, index) => (
            <li key={`${each.kind} ${each.label}`}>
              {each.label}
              <button type="button" aria-label={words.remove(each.label)} onClick={() => onChange(chosen.filter((_, at) => at !== index))}><Icon name="close" size={16} /></button>
            </li>
          ))}
        </ul>
      )}
      <div className={css["row"]}>
        <label className={css["field"]}>
          {words.addPost}
          <input list={`${id}-posts`} value={text} onChange={(event) => take(event.target.value)} aria-label={`${label}: ${words.addPost}`} />
          <datalist id={`${id}-posts`}>{posts.data?.slice(0, 12).map((post) => <option key={post.id} value={post.title}>{post.holder ?? ""}</option>)}</datalist>
        </label>
        {(partners.data?.length ?? 0) > 0 && (
          <label className={css["field"]}>
            {words.addPartner}
            <select value="" aria-label={`${label}: ${words.addPartner}`} onChange={(event) => {
              const partner = partners.data?.find((each) => each.tenantId === event.target.value);
              if (partner !== undefined) onChange([...chosen, { kind: "partner", tenantId: partner.tenantId, label: partner.name }]);
            }}>
              <option value="">…</option>
              {partners.data?.map((partner) => <option key={partner.tenantId} value={partner.tenantId}>{partner.name}</option>)}
            </select>
          </label>
        )}
      </div>
      <div className={css["row"]}>
        <label className={css["field"]}>{words.addOutside}<input value={outside} maxLength={200} aria-label={`${label}: ${words.addOutside}`} onChange={(event) => setOutside(event.target.value)} /></label>
        <label className={css["field"]}>{words.outsideMail}<input type="email" value={mail} maxLength={200} aria-label={`${label}: ${words.outsideMail}`} onChange={(event) => setMail(event.target.value)} /></label>
        <Button disabled={outside.trim() === ""} onClick={() => {
          onChange([...chosen, { kind: "external", label: outside.trim(), email: mail.trim() === "" ? null : mail.trim(), place: "" }]);
          setOutside("");
          setMail("");
        }}>{words.add}</Button>
      </div>
    </fieldset>
  );
};
