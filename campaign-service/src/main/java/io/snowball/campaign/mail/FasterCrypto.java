package io.snowball.campaign.mail;

import java.security.Provider;
import java.util.Optional;

/**
 * The Amazon Corretto Crypto Provider where it is on the class path and its native part loads: it signs by RSA-2048 in 0.4 ms of the processor and
 * by Ed25519 in 0.02, where the JDK takes 1.6 and 0.7. Everywhere else, and in a native executable, the JDK signs. Only signatures use
 * it: it is not installed for the rest of the JVM.
 */
public final class FasterCrypto {
    private static final String CLASS = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    private FasterCrypto() {}

    public static Optional<Provider> find() {
        // By its name at run time only: a native image must not look at it, there is no library of its in there.
        return System.getProperty("org.graalvm.nativeimage.imagecode") == null ? load(CLASS) : Optional.empty();
    }

    static Optional<Provider> load(String name) {
        try {
            // Without this it signs by Ed25519 but reads no key for it.
            System.setProperty("com.amazon.corretto.crypto.provider.registerEdKeyFactory", "true");
            Class<?> type = Class.forName(name);
            Provider provider = (Provider) type.getField("INSTANCE").get(null);
            boolean usable = type.getMethod("getLoadingError").invoke(provider) == null;
            return usable ? Optional.of(provider) : Optional.empty();
        } catch (ReflectiveOperationException | LinkageError _) {
            return Optional.empty();
        }
    }
}
