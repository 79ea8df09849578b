import { useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { RegisterPage } from "./RegisterPage.tsx";

/** `/surat/:id/catat` */
export const RegisterRoute = (): ReactElement => {
  const { id } = useParams({ strict: false });
  return <RegisterPage letterId={id ?? ""} />;
};
