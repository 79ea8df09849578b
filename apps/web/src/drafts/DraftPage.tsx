import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { lazy, Suspense, type ReactElement } from "react";
import { reading } from "../kernel/queries.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { mayDo } from "./draft-view.ts";

// Who reads or signs does not fetch the editor.
const WritingPage = lazy(async () => ({ default: (await import("./WritingPage.tsx")).WritingPage }));
const EnvelopePage = lazy(async () => ({ default: (await import("./EnvelopePage.tsx")).EnvelopePage }));
const ReviewPage = lazy(async () => ({ default: (await import("./ReviewPage.tsx")).ReviewPage }));

/** `/naskah/:id`: writing, reviewing, signing and following one outgoing letter, each as the server allows. */
export const DraftPage = (): ReactElement => {
  const { id = "" } = useParams({ strict: false });
  const answer = useQuery({
    ...reading("drafts.show", { id }),
    // Copies leave by themselves in a moment after the signature.
    refetchInterval: (current) => (current.state.data?.deliveries.some((delivery) => delivery.status === "menunggu") === true ? 4000 : false),
  });
  if (answer.data === undefined) return answer.error === null ? <PageLoading /> : <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />;
  return <Suspense fallback={<PageLoading />}>{answer.data.envelope !== null ? <EnvelopePage key={id} draft={answer.data} envelope={answer.data.envelope} /> : mayDo(answer.data, "write") ? <WritingPage key={id} draft={answer.data} /> : <ReviewPage key={id} draft={answer.data} />}</Suspense>;
};
