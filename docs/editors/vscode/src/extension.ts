import { ExtensionContext, window, workspace } from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const start = async (): Promise<void> => {
    await client?.stop();
    client = makeClient();
    try {
      await client.start();
    } catch (error) {
      void window.showErrorMessage(`convbias-lint does not start (pip install 'convbias-lint[lsp]'): ${String(error)}`);
    }
  };
  context.subscriptions.push(
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("convbias-lint")) {
        void start();
      }
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

function makeClient(): LanguageClient {
  const configuration = workspace.getConfiguration("convbias-lint");
  const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  const command = configuration.get("path", "convbias-lint").replaceAll("${workspaceFolder}", folder);
  const server: ServerOptions = { command, args: ["server"] };
  const options: LanguageClientOptions = {
    documentSelector: [{ language: "python" }, { notebook: "jupyter-notebook", language: "python" }],
    initializationOptions: configuration.get("settings", {}),
  };
  return new LanguageClient("convbias-lint", "convbias-lint", server, options);
}
