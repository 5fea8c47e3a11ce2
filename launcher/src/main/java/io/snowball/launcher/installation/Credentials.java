package io.snowball.launcher.installation;

/** What an installation's owner may know: how to log in, and for tests the keys behind. Never print more than the login. */
public final class Credentials {
    private final Secrets secrets;

    Credentials(Secrets secrets) {
        this.secrets = secrets;
    }

    public String adminLogin() {
        return Environment.ADMIN_LOGIN;
    }

    public String adminPassword() {
        return Environment.adminPassword(secrets);
    }

    public String internalKey() {
        return Environment.internalKey(secrets);
    }

    /** Role and database carry the service's name. */
    public String databasePassword(String service) {
        return Environment.databasePassword(secrets, service);
    }
}
