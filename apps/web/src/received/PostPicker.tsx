import { useDeferredValue, useState, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useMessages } from "../kernel/catalog/index.ts";
import { useRead } from "../kernel/queries.ts";
import { Fault } from "../ui/Page.tsx";
import { Picker, PickerRow } from "../ui/Picker.tsx";
import { PostAvatar } from "../ui/Small.tsx";
import { useReceivedMessages } from "./messages.ts";

/** A post with its holder of today. */
export type Post = ResultOf<"office.posts">[number];

const shown = 8;

/** Chooses one post by title, unit or name. `startWith` fills the search, for instance with the addressee read from the scan. */
export const PostPicker = ({ label, chosen, onChoose, startWith = "" }: { readonly label: string; readonly chosen: Post | undefined; readonly onChoose: (post: Post) => void; readonly startWith?: string }): ReactElement => {
  const words = useReceivedMessages();
  const { post: postWords } = useMessages();
  const [text, setText] = useState(startWith);
  const query = useDeferredValue(text.trim());
  const found = useRead("office.posts", query.length >= 2 ? { q: query, scope: "all" } : { scope: "all" });
  const rows = (found.data ?? []).slice(0, shown);
  return (
    <Picker
      label={label}
      search={{ label: words.acts.directSearch, text, onText: setText, isAutofocused: true, onEnter: rows[0] === undefined ? undefined : () => rows[0] !== undefined && onChoose(rows[0]) }}
      isBusy={found.isFetching}
      nothing={found.error !== null ? <Fault error={found.error} /> : found.isSuccess && rows.length === 0 ? words.dispose.none : undefined}
    >
      {rows.map((post) => (
        <PickerRow
          key={post.id}
          group={label}
          isChosen={chosen?.id === post.id}
          onChoose={() => onChoose(post)}
          mark={<PostAvatar name={post.holder ?? post.title} kind={post.holder === null ? "vacant" : post.holding === "definitif" ? "person" : "acting"} />}
          title={post.title}
          note={[post.holder ?? words.acts.directNobody, post.holding === null ? "" : postWords.holding[post.holding], post.unit].filter((part) => part !== "").join(" · ")}
        />
      ))}
    </Picker>
  );
};
