package io.snowball.launcher;

import io.snowball.launcher.api.SnowballApi;
import io.snowball.launcher.generate.BaseImport;
import io.snowball.launcher.generate.CustomerBase;
import io.snowball.launcher.installation.Endpoints;
import io.snowball.launcher.installation.Installation;
import io.snowball.launcher.machine.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/** Writes customers.csv and orders.csv of a base of any size, the same for the same numbers; or sends it to the system that runs. */
final class GenerateCommand implements Command {
    private static final int CUSTOMERS_MAX = 100_000_000;

    @Override
    public String name() {
        return "generate";
    }

    @Override
    public int run(List<String> arguments, Console console) {
        Options options =
                Options.parse(arguments, Set.of("customers", "orders", "until", "out", "dir", "home"), Set.of("send"));
        int customers = options.number("customers", 10_000, 1, CUSTOMERS_MAX);
        int orders = options.number(
                "orders", Math.multiplyExact(3, Math.min(customers, CUSTOMERS_MAX / 3)), customers, Integer.MAX_VALUE);
        LocalDate until = LocalDate.parse(options.get("until", "2026-10-31"));
        Path folder = Path.of(options.get("out", ".snowball/generated"));
        CustomerBase base = new CustomerBase(customers, orders, until);
        if (options.has("send")) {
            BaseImport.send(signedIn(options.installation()), base, console);
            return 0;
        }
        Instant began = Instant.now();
        try {
            Files.createDirectories(folder);
            base.writeCustomers(folder.resolve("customers.csv"));
            console.done(
                    "customers",
                    Duration.between(began, Instant.now()),
                    customers + " in " + folder.resolve("customers.csv"));
            began = Instant.now();
            base.writeOrders(folder.resolve("orders.csv"));
            console.done(
                    "orders", Duration.between(began, Instant.now()), orders + " in " + folder.resolve("orders.csv"));
        } catch (IOException failure) {
            throw Trouble.of(failure);
        }
        console.line(
                "  Send them: POST /api/v1/imports, then PUT the file to /api/v1/imports/{id}/content, customers first;"
                        + " or let --send do it, without files.");
        return 0;
    }

    private static SnowballApi signedIn(Installation installation) {
        Endpoints endpoints = installation
                .endpoints()
                .orElseThrow(() -> new Trouble(
                        "Snowball is not running in " + installation.folder() + ". Start it with ./snowball up."));
        SnowballApi api = new SnowballApi(endpoints.gateway());
        api.signIn(
                installation.credentials().adminLogin(),
                installation.credentials().adminPassword());
        return api;
    }
}
