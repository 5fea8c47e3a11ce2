package io.snowball.launcher;

import io.snowball.launcher.machine.Trouble;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Finds the command and turns what goes wrong into one line and an exit code. */
final class Main {
    private static final int TROUBLE = 1;
    private static final int USAGE = 2;
    private static final int INTERRUPTED = 130;

    private static final List<Command> COMMANDS = List.of(
            new UpCommand(),
            new ServeCommand(),
            new DownCommand(),
            new StatusCommand(),
            new DemoCommand(),
            new GenerateCommand(),
            new BenchCommand());

    private Main() {}

    public static void main(String[] arguments) {
        // UTF-8 whatever the locale says: check marks and Russian names are printed from containers without one too.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), new Console(out, err)));
    }

    static int run(List<String> arguments, Console console) {
        String name = arguments.isEmpty() ? "" : arguments.getFirst();
        try {
            return COMMANDS.stream()
                    .filter(command -> command.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new UsageProblem("there is no command " + name))
                    .run(arguments.subList(1, arguments.size()), console);
        } catch (UsageProblem e) {
            console.error(e.getMessage() + ". ./snowball help shows what there is.");
            return USAGE;
        } catch (Trouble e) {
            console.error(String.valueOf(e.getMessage()));
            return TROUBLE;
        } catch (CancellationException stoppedWhileStarting) {
            return INTERRUPTED;
        } catch (RuntimeException e) {
            console.error(
                    "This is a mistake in the launcher, please report it: " + e + ". SNOWBALL_DEBUG=1 shows where.");
            if (System.getenv("SNOWBALL_DEBUG") != null) {
                throw e;
            }
            return TROUBLE;
        }
    }
}
