// The answers to secret questions, a field each.
import { Field } from './field';
import type { Form } from './form-page';

/** Fields `a1` and on. @param questions in the order of their answers */
export function AnswerFields({ form, questions }: { form: Form; questions: readonly string[] }) {
  return questions.map((question, slot) => {
    const name = `a${slot + 1}`;
    return <Field key={name} name={name} label={question} error={form.error(name)} autoComplete="off" spellCheck={false} />;
  });
}
