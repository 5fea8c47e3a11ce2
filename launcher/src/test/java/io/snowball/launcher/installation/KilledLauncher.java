package io.snowball.launcher.installation;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A launcher in a process of its own, to be killed. Arguments: folder, first port. */
final class KilledLauncher {
    private KilledLauncher() {}

    public static void main(String[] arguments) throws InterruptedException {
        Settings settings = Settings.standard().withPorts(Ports.from(Integer.parseInt(arguments[1])));
        Installation.at(Path.of(arguments[0]), FakeService.two()).start(settings, Progress.silent());
        new CountDownLatch(1).await();
    }
}
