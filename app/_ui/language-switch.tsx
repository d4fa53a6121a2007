// The other languages, as a form whose button looks like a link: with script the page changes in place and keeps what was typed.
import { language } from '#app/visitor';
import { languages, words } from '#lib/language/language';
import { setLanguage } from './language-switch-actions';

export async function LanguageSwitch() {
  const current = await language();
  return languages
    .filter((other) => other !== current)
    .map((other) => (
      <form action={setLanguage} key={other}>
        <button type="submit" className="link" name="language" value={other} lang={other}>
          {words(other).language.name}
        </button>
      </form>
    ));
}
