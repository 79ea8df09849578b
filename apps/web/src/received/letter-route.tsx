import { useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { LetterPage } from "./LetterPage.tsx";

/** `/surat/:id` */
export const LetterRoute = (): ReactElement => {
  const { id } = useParams({ strict: false });
  return <LetterPage letterId={id ?? ""} />;
};
