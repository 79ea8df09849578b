// Mantine's inputs with their styles. They stay out of the first load: only pages with such forms import this file.
import "@mantine/core/styles.layer.css";
import { MantineProvider, Portal } from "@mantine/core";
import { useContext, useMemo, type ReactElement, type ReactNode } from "react";
import { useScheme } from "../kernel/color-scheme.ts";
import { DialogElement } from "./Dialog.tsx";
import { theme, variables } from "./theme.ts";

export { Autocomplete, Checkbox, Combobox, Fieldset, Input, Loader, MultiSelect, NumberInput, Progress, Radio, Select, Switch, TagsInput, Textarea, TextInput, Tooltip, useCombobox } from "@mantine/core";

/** Goes around Mantine's parts: gives them Lontar's look and colours, and lets their drop-downs open inside a `Dialog`. */
export const Fields = ({ children }: { readonly children: ReactNode }): ReactElement => {
  const { shown } = useScheme();
  const target = useContext(DialogElement);
  const here = useMemo(() => ({ ...theme, components: { ...theme.components, Portal: Portal.extend({ defaultProps: target === null ? {} : { target } }) } }), [target]);
  return (
    <MantineProvider theme={here} cssVariablesResolver={variables} forceColorScheme={shown}>
      {children}
    </MantineProvider>
  );
};
