/** Brings whoever sends a form to the first thing in it that lacks something, so that nobody has to look for it: a keyboard stands there, a reader aloud reads the field with its error. The frame calls it once, for every form there is. */

/** A field that says it is wrong, or the first card of a choice under its error. */
const faulty = "[aria-invalid=true], .field-error ~ .choices input";
/** Errors are drawn in this time after the press, where nothing was asked of a server. In milliseconds. */
const drawn = 50;

/** Follows the form that was sent last until its first fault shows, or until something is typed or another form is sent: what an answer says much later must not take anyone away from what they do. */
export function followFaults(): () => void {
  let stop = (): void => undefined;
  const follow = (form: HTMLFormElement): void => {
    stop();
    const toFault = (): void => {
      const fault = form.querySelector<HTMLElement>(faulty);
      if (fault === null) return;
      stop();
      fault.focus();
    };
    const watcher = new MutationObserver(toFault);
    const timer = setTimeout(() => {
      toFault();
      if (form.isConnected && form.querySelector(faulty) === null) watcher.observe(form, { subtree: true, childList: true, attributeFilter: ["aria-invalid"] });
    }, drawn);
    const typed = (): void => stop();
    form.addEventListener("input", typed);
    stop = () => {
      clearTimeout(timer);
      watcher.disconnect();
      form.removeEventListener("input", typed);
    };
  };
  const sent = (event: SubmitEvent): void => {
    if (event.target instanceof HTMLFormElement) follow(event.target);
  };
  document.addEventListener("submit", sent);
  return () => {
    stop();
    document.removeEventListener("submit", sent);
  };
}
