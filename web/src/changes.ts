/** Whether a field holds what the page was made with. */
export function isUnchanged(field: { value: string; defaultValue: string }): boolean {
  return field.value === field.defaultValue;
}

/** A form with `data-changes` sends only what was changed, and what is marked `data-always`: of thousands of proposals
    a person rewords a few. */
export function startChanges(): void {
  document.addEventListener("formdata", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches("form[data-changes]")) return;
    for (const field of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input[name], textarea[name]")) {
      const ticks = field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "hidden");
      if (!ticks && !field.hasAttribute("data-always") && isUnchanged(field) && field.value !== "") {
        event.formData.delete(field.name);
      } else if (!ticks && field.value.trim() === "") {
        event.formData.delete(field.name);
      }
    }
  });
}
