import { useSearch } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { OrganisationPage } from "./OrganisationPage.tsx";

/** `/organisasi?pada=&pilih=` */
export const OrganisationRoute = (): ReactElement => {
  const { pada, pilih } = useSearch({ from: "/shell/organisasi" });
  return <OrganisationPage day={pada} chosen={pilih} />;
};
