package io.snowball.customer;

import io.vertx.pgclient.PgException;

/** Two transactions that waited for each other: the database broke one off, and repeating it is right. */
public final class Deadlocks {
    public static final int MAX_RETRIES = 3;
    private static final String DEADLOCK = "40P01";

    private Deadlocks() {}

    public static boolean caused(Throwable failure) {
        return failure instanceof PgException broken && DEADLOCK.equals(broken.getSqlState());
    }
}
