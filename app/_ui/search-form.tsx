// A search: one field, one button, a GET. What was found stands around it as links.
import { Button } from './button';
import { Field } from './field';
import styles from './search.module.css';

/** @param describedBy id of what tells how many were found */
export function SearchForm({
  action,
  label,
  hint,
  value,
  error,
  describedBy,
  submit,
}: {
  action: string;
  label: string;
  hint: string;
  value: string;
  error: string | undefined;
  describedBy: string | undefined;
  submit: string;
}) {
  return (
    <search>
      <form className={styles.search} action={action} method="get" noValidate>
        <Field
          name="q"
          type="search"
          label={label}
          hint={hint}
          error={error}
          defaultValue={value}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          {...(describedBy && { 'aria-describedby': describedBy })}
        />
        <Button>{submit}</Button>
      </form>
    </search>
  );
}
