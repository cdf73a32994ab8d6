import type { Command, Option } from 'commander';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replace(/\s+/g, ' ');

function optionRow({ flags, description, defaultValue, argChoices }: Option): string {
  const choices = argChoices?.map((choice) => `\`${choice}\``).join(', ');
  const fallback = defaultValue === undefined || defaultValue === false ? '' : `\`${String(defaultValue)}\``;
  return `| \`${flags.replaceAll('|', '\\|')}\` | ${[cell(description), choices].filter(Boolean).join(': ')} | ${fallback} |`;
}

function section(command: Command, parents: readonly string[]): readonly string[] {
  const name = [...parents, command.name()].join(' ');
  const args = command.registeredArguments;
  const usage = args.map((each) => {
    const label = each.variadic ? `${each.name()}...` : each.name();
    return each.required ? `<${label}>` : `[${label}]`;
  });
  const options = command.options.filter(({ hidden }) => !hidden);
  return [
    `## ${name.replace('countersign ', '')}`,
    `${cell(command.description())}.`,
    `\`\`\`sh\n${[name, ...usage, ...(options.length > 0 ? ['[options]'] : [])].join(' ')}\n\`\`\``,
    ...(args.length === 0
      ? []
      : [
          [
            '| argument | description |',
            '| --- | --- |',
            ...args.map((each) => `| \`${each.name()}\` | ${cell(each.description)} |`),
          ].join('\n'),
        ]),
    ...(options.length === 0
      ? []
      : [['| option | description | default |', '| --- | --- | --- |', ...options.map(optionRow)].join('\n')]),
    ...command.commands.flatMap((child) => section(child, [...parents, command.name()])),
  ];
}

/** The page of the command line, from the definitions of its commands. */
export function cliReference(commands: readonly Command[]): string {
  const head = [
    '# Command line',
    'Run `npx countersign <command>`. Exit codes: 0 success, 1 the input is invalid, 2 an error of Countersign itself.',
  ];
  return `${[...head, ...commands.flatMap((command) => section(command, ['countersign']))].join('\n\n')}\n`;
}
