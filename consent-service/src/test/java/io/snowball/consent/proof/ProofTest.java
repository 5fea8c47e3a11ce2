package io.snowball.consent.proof;

import static io.snowball.consent.Samples.advertisingDocument;
import static io.snowball.consent.Samples.given;
import static io.snowball.consent.Samples.record;
import static io.snowball.consent.Samples.withdrawnNow;
import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requirement r09: what proves a person's consents, checked by the program in the package and by nothing of ours. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ProofTest {
    private final UUID customer = Ids.next();

    @TempDir
    Path folder;

    @BeforeEach
    void givenInJanuaryAndWithdrawnToday() {
        record(given(customer, advertisingDocument())).then().statusCode(201);
        record(withdrawnNow(customer)).then().statusCode(201);
        as(Roles.DPO).post("/api/v1/ledger-seals").then().statusCode(200);
    }

    @Test
    void r09SaysWhoWhatWhenHowAndWhatCameAfter() throws IOException {
        Map<String, byte[]> files = unpack(proof("2026-02-01T00:00:00Z"));
        JsonPath summary = new JsonPath(new String(files.get("proof.json"), StandardCharsets.UTF_8));
        assertThat(summary.getString("customerId")).isEqualTo(customer.toString());
        assertThat(summary.getString("standingThen[0].state")).isEqualTo("GIVEN");
        assertThat(summary.getList("events.action")).containsExactly("GIVEN", "WITHDRAWN");
        assertThat(summary.getString("events[0].evidence.confirmation.method")).isEqualTo("LOGIN");
        assertThat(summary.getString("events[0].evidence.ip")).isEqualTo("203.0.113.7");
        String document = summary.getString("events[0].document.sha256");
        assertThat(new String(files.get("documents/" + document + ".txt"), StandardCharsets.UTF_8))
                .isEqualTo("Я согласен получать рекламу.");
        assertThat(files)
                .containsKeys("events/00001.txt", "events/00001.path", "events/00002.path", "keys.txt", "README.txt");
    }

    @Test
    void r09VerifiesOfflineAndFindsAByteThatWasChangedInAnyFile() throws Exception {
        byte[] zip = proof(null);
        Map<String, byte[]> files = unpack(zip);
        Path program = Files.write(folder.resolve("VerifyProof.java"), files.get("VerifyProof.java"));
        assertThat(verify(program, zip)).isZero();
        // A whole JVM for each file would take its time: the same program, compiled once.
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-d", folder.toString(), program.toString()))
                .isZero();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            Class<?> verifier = loader.loadClass("VerifyProof");
            assertThat(faults(verifier, unpack(zip))).isZero();
            for (String name : files.keySet()) {
                Map<String, byte[]> changed = unpack(zip);
                byte[] bytes = Objects.requireNonNull(changed.get(name));
                bytes[bytes.length / 2] ^= 1;
                assertThat(faults(verifier, changed)).as(name).isNotZero();
            }
            Map<String, byte[]> less = unpack(zip);
            less.remove("events/00002.txt");
            assertThat(faults(verifier, less)).isNotZero();
        }
    }

    /** What can't even be read is a fault too. */
    private static int faults(Class<?> verifier, Map<String, byte[]> files) throws ReflectiveOperationException {
        var constructor = verifier.getDeclaredConstructor(Map.class);
        var verify = verifier.getDeclaredMethod("verify", byte[].class);
        constructor.setAccessible(true);
        verify.setAccessible(true);
        try {
            return (int) verify.invoke(constructor.newInstance(new TreeMap<>(files)), files.get("keys.txt"));
        } catch (InvocationTargetException unreadable) {
            return 1;
        }
    }

    @Test
    void isForAdminAndDpoAndOnlyWhereThereIsSomething() {
        as(Roles.MARKETER)
                .get("/api/v1/consent-proofs/{id}?channel=EMAIL", customer)
                .then()
                .statusCode(403);
        as(Roles.DPO)
                .get("/api/v1/consent-proofs/{id}?channel=EMAIL", Ids.next())
                .then()
                .statusCode(404);
    }

    private byte[] proof(@Nullable String at) {
        return as(Roles.DPO)
                .get("/api/v1/consent-proofs/" + customer + "?channel=EMAIL" + (at == null ? "" : "&at=" + at))
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
    }

    /** As an inspector does it: a JDK, the package, nothing else. */
    private int verify(Path program, byte[] zip) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("proof.zip"), zip);
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        program.toString(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start()
                .waitFor();
    }

    private static Map<String, byte[]> unpack(byte[] zip) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return files;
    }
}
