package io.snowball.launcher;

import io.snowball.launcher.installation.Credentials;
import io.snowball.launcher.installation.Installation;

/** What to open and how to get in. */
final class Welcome {
    private Welcome() {}

    static void print(Installation installation, Console console, String last) {
        Credentials credentials = installation.credentials();
        installation.endpoints().ifPresent(found -> {
            console.line("");
            console.line("  Open      " + found.publicUrl());
            console.line("  Login     " + credentials.adminLogin() + " / " + credentials.adminPassword());
            console.line("  Mailbox   " + found.mailbox());
            console.line("  Logs      " + installation.logs());
            console.line("");
            console.line("  " + last);
        });
    }
}
