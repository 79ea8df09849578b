import { createContext, useContext, type AnchorHTMLAttributes, type MouseEvent, type ReactElement } from "react";

/** How links move inside the app without loading the page anew; the router fills it in. */
export type Travel = { readonly go: (href: string) => void; readonly prepare: (href: string) => void };

/** Without a router (the gallery of stories) links are plain links. */
export const TravelContext = createContext<Travel | undefined>(undefined);

/** A real link, so that opening in a new tab and copying its address work; a plain click stays in the app. */
export const Anchor = ({ href, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { readonly href: string }): ReactElement => {
  const travel = useContext(TravelContext);
  const isOurs = href.startsWith("/") && rest.target === undefined && rest.download === undefined;
  const click = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    if (event.defaultPrevented || travel === undefined || !isOurs || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    travel.go(href);
  };
  // oxlint-disable-next-line jsx-a11y/anchor-has-content -- the words come from the caller as children
  // oxlint-disable-next-line jsx-a11y/anchor-has-content -- the content is among the rest
  return <a {...rest} href={href} onClick={click} onPointerEnter={() => isOurs && travel?.prepare(href)} />;
};
