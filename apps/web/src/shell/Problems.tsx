import type { ReactElement } from "react";
import { Refused } from "../kernel/api.ts";
import { useMessages } from "../kernel/catalog/index.ts";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { ErrorState } from "../ui/Empty.tsx";

/** What a page shows when its reading failed: the server's sentence, what to do next, the request's number. */
export const PageProblem = ({ error, onRetry, isPart = false }: { readonly error: unknown; readonly onRetry: () => void; readonly isPart?: boolean }): ReactElement => {
  const { errors } = useMessages();
  // A reading that is refused as malformed had nothing from the person but the address: it leads nowhere.
  if (error instanceof Refused && error.code === "malformed") return <NotFoundPage />;
  const isMissing = error instanceof Refused && error.status === 404;
  return (
    <ErrorState
      isPart={isPart}
      drawing={isMissing ? "lost" : "broken"}
      title={isMissing ? errors.notFound : errors.title}
      sentence={error instanceof Error && error.message !== "" ? (error instanceof Refused || error.name === "Unreachable" ? error.message : errors.unknown) : errors.unknown}
      requestId={error instanceof Refused && error.status >= 500 ? error.requestId : undefined}
      acts={
        <>
          <ButtonLink href="/meja">{errors.home}</ButtonLink>
          {!isMissing && <Button kind="primary" icon="reload" onClick={onRetry}>{errors.retry}</Button>}
        </>
      }
    />
  );
};

/** An address that leads nowhere. */
export const NotFoundPage = (): ReactElement => {
  const { errors } = useMessages();
  return <ErrorState drawing="lost" title={errors.notFound} sentence={errors.notFoundNext} acts={<ButtonLink kind="primary" href="/meja">{errors.home}</ButtonLink>} />;
};
