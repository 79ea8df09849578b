import type { MouseEvent, ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { notify } from "../kernel/notices.ts";
import { Button, type ButtonProps } from "./Button.tsx";

/** Copies a text and says that it did. Works too where the browser keeps its clipboard from pages, as on an office's own network over plain HTTP. */
export const CopyButton = ({ text, done, ...look }: { readonly text: string; /** Said once it is copied. */ readonly done: string } & Omit<ButtonProps, "onClick">): ReactElement => {
  const { copy: words } = useMessages();
  const copy = (event: MouseEvent<HTMLElement>): void => {
    copyTo(text, event.currentTarget).then((isCopied) => notify(isCopied ? "done" : "bad", isCopied ? done : words.failed), () => notify("bad", words.failed));
  };
  return <Button icon="copy" {...look} onClick={copy} />;
};

const copyTo = async (text: string, button: HTMLElement): Promise<boolean> => {
  if (window.isSecureContext) return navigator.clipboard.writeText(text).then(() => true);
  const held = document.createElement("textarea");
  held.value = text;
  held.className = "vh";
  (button.parentElement ?? document.body).append(held); // inside an open dialog, outside of which nothing can be selected
  held.select();
  const isCopied = document.execCommand("copy");
  held.remove();
  button.focus();
  return isCopied;
};
