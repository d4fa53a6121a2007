// A box to tick.
import { errorId, type FieldParts, type InputParts, inputProps } from './field';
import styles from './field.module.css';
import { FieldError } from './field-error';

export function CheckField({ name, label, error, ...input }: Omit<FieldParts, 'hint'> & InputParts) {
  return (
    <div className={styles.checked}>
      {error && <FieldError id={errorId(name)}>{error}</FieldError>}
      <label className={styles.check} htmlFor={name}>
        <input type="checkbox" value="yes" required {...input} {...inputProps({ name, label, error })} /> {label}
      </label>
    </div>
  );
}
