import "@fontsource-variable/plus-jakarta-sans/wght.css";
import "@mantine/core/styles/baseline.layer.css";
import "@mantine/core/styles/default-css-variables.layer.css";
import "@mantine/core/styles/global.layer.css";
import "./ui/tokens.css";
import "./ui/base.css";
import { MantineProvider } from "@mantine/core";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { speakAsRemembered } from "./kernel/catalog/index.ts";
import { watchConnection } from "./kernel/connection.ts";
import { handleKey } from "./kernel/keys.ts";
import { keepShell } from "./kernel/update.ts";
import { router } from "./router.tsx";
import { theme, variables } from "./ui/theme.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has an element #root");

watchConnection(window);
document.addEventListener("keydown", handleKey);
if (import.meta.env.PROD) keepShell();
await speakAsRemembered();

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <RouterProvider router={router} />
    </MantineProvider>
  </StrictMode>,
);
