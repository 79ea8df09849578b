import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type ReactElement } from "react";
import { keyOf, useCommand } from "../kernel/queries.ts";
import { upload } from "../kernel/server.ts";
import { sizeWords } from "../kernel/time.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/Page.tsx";
import type { TreeNode } from "./letter-acts.ts";
import { useReceivedMessages } from "./messages.ts";
import { outdatedByActs } from "./outdated.ts";
import { acceptedFiles } from "./UploadZone.tsx";
import css from "./Attachments.module.css";

/** Files handed in beside a report: sent as they are chosen, each with its own refusal; `isBusy` until the last has arrived. */
export const useAttachments = (node: TreeNode): { readonly isBusy: boolean; readonly part: ReactElement } => {
  const { attachments: words } = useReceivedMessages();
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [files, setFiles] = useState(node.files);
  const add = useMutation({
    networkMode: "always",
    retry: false,
    mutationFn: async (chosen: readonly File[]) => {
      for (const each of chosen) {
        const { file } = await upload("dispositions.attach", node.id, each);
        setFiles((before) => [...before.filter(({ sha256 }) => sha256 !== file.sha256), file]);
      }
    },
    onSettled: () => Promise.all(outdatedByActs.map((name) => client.invalidateQueries({ queryKey: keyOf(name) }))),
  });
  const remove = useCommand("dispositions.detach", { outdates: outdatedByActs, onDone: (_, { sha256 }) => setFiles((before) => before.filter((file) => file.sha256 !== sha256)) });
  return {
    isBusy: add.isPending || remove.isPending,
    part: (
      <div className={css["attachments"]} role="group" aria-label={words.title}>
        {files.length > 0 && (
          <ul>
            {files.map((file) => (
              <li key={file.sha256}>
                <Icon name="clip" size={16} />
                <span>{file.name}</span>
                <small>{sizeWords(file.size)}</small>
                <IconButton label={words.remove(file.name)} icon="close" disabled={remove.isPending} onClick={() => remove.mutate({ id: node.id, sha256: file.sha256 })} />
              </li>
            ))}
          </ul>
        )}
        <input ref={input} className="vh" type="file" multiple accept={acceptedFiles} tabIndex={-1} aria-label={words.add} onChange={(event) => {
          add.mutate([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = ""; // so that the same file can be chosen again
        }} />
        <Button kind="link" icon="clip" isBusy={add.isPending} onClick={() => input.current?.click()}>{add.isPending ? words.sending : words.add}</Button>
        <Fault error={add.error ?? remove.error} />
      </div>
    ),
  };
};
