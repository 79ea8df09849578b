import { useNavigate } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { notify } from "../kernel/notices.ts";
import { useCommand } from "../kernel/queries.ts";
import { Button } from "../ui/Button.tsx";
import { useMandate } from "./use-mandate.ts";

/** Opens a letter under the mandate: the look is an act, recorded before anything of the letter is shown. */
export const OpenLetter = ({ letterId, children }: { readonly letterId: string; readonly children: ReactNode }): ReactElement => {
  const { mandate } = useMandate();
  const navigate = useNavigate();
  const look = useCommand("inspections.look", { outdates: ["inspections.show", "inspections.list", "received.show", "drafts.show"], onDone: (letter) => void navigate({ href: letter.kind === "surat" ? `/surat/${letter.id}` : `/naskah/${letter.id}` }) });
  if (mandate === undefined) return <span>{children}</span>;
  return <Button kind="link" isBusy={look.isPending} onClick={() => look.mutate({ id: mandate.id, letterId }, { onError: (error) => notify("bad", error.message) })}>{children}</Button>;
};
