// A message as the language modules write it: what happened in bold, then, after a line break, what to do.
export function Sentence({ text }: { text: string }) {
  const [statement, ...advice] = text.split('\n');
  if (advice.length === 0) return <p>{statement}</p>;
  return (
    <>
      <p>
        <b>{statement}</b>
      </p>
      <p>{advice.join(' ')}</p>
    </>
  );
}
