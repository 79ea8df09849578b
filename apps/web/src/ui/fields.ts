// Mantine's inputs with their styles, which stay out of the first load: only pages with forms import this file.
import "@mantine/core/styles.layer.css";
import "@mantine/dates/styles.layer.css";
import "dayjs/locale/id.js";

export { Autocomplete, Checkbox, Combobox, Fieldset, Input, Loader, MultiSelect, NumberInput, Progress, Radio, Select, Switch, TagsInput, Textarea, TextInput, Tooltip, useCombobox } from "@mantine/core";
export { DateInput, DatePicker, DatesProvider, DateTimePicker, TimeInput } from "@mantine/dates";
