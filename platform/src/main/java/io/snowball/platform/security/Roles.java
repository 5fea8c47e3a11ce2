package io.snowball.platform.security;

/** Who may do what. {@code SERVICE} is a sibling, never a person. */
public final class Roles {
    public static final String ADMIN = "admin";
    public static final String MARKETER = "marketer";
    public static final String ANALYST = "analyst";
    public static final String SALES = "sales";
    public static final String DPO = "dpo";
    public static final String PARTNER = "partner";
    public static final String SERVICE = "service";

    private Roles() {}
}
