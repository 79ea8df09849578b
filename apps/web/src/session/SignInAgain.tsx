import { useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { waitingForSignIn } from "../kernel/sign-in-gate.ts";
import { useStore } from "../kernel/store.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { PostAvatar } from "../ui/Small.tsx";
import { meQuery, type Me } from "./me.ts";
import { SignInForm } from "./SignInForm.tsx";
import css from "./SignInForm.module.css";

/** The dialog over a page whose session ended. The page stays mounted, so nothing typed is lost; then the interrupted call goes on. */
export const SignInAgain = (): ReactElement => {
  const { signIn } = useMessages();
  const client = useQueryClient();
  const waiting = useStore(waitingForSignIn);
  const before = client.getQueryData<Me>(meQuery.queryKey);
  const enter = (me: Me): void => {
    if (before !== undefined && before.personId !== me.personId) {
      waiting?.answer(false); // the interrupted act was another person's
      location.assign("/meja");
      return;
    }
    client.setQueryData(meQuery.queryKey, me);
    if (me.securing?.status === "held_back") location.assign("/amankan"); // what was typed waits on this device
    waiting?.answer(true);
  };
  return (
    <Dialog isOpen={waiting !== undefined} onClose={() => waiting?.answer(false)} title={signIn.again} lead={signIn.againLead} width={440}>
      {before !== undefined && (
        <p className={css["who"]}>
          <PostAvatar name={before.name} kind="you" />
          <span>
            <b>{before.name}</b>
            <small>{before.acting.title}</small>
          </span>
        </p>
      )}
      <SignInForm known={before} onSignedIn={enter} />
      <div style={{ display: "grid", marginTop: 10 }}>
        <Button kind="quiet" onClick={() => waiting?.answer(false)}>{signIn.cancel}</Button>
      </div>
    </Dialog>
  );
};
