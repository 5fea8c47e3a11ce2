package io.snowball.campaign.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.snowball.campaign.CampaignConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailComposerTest {
    /** Under the names that the chart sets. */
    @Test
    void signsWhereAKeyFileIsGiven(@TempDir Path folder) throws Exception {
        byte[] key = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        Path file = folder.resolve("dkim.pem");
        Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");
        assertThat(EmailComposer.signer(dkim(Map.of(
                        "CAMPAIGN_DKIM_DOMAIN",
                        "example.com",
                        "CAMPAIGN_DKIM_SELECTOR",
                        "snowball",
                        "CAMPAIGN_DKIM_KEY_FILE",
                        file.toString()))))
                .isPresent();
    }

    @Test
    void leavesSigningToTheMailServerWhereNothingIsSaid() {
        assertThat(EmailComposer.signer(dkim(Map.of()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CAMPAIGN_DKIM_DOMAIN", "CAMPAIGN_DKIM_SELECTOR"})
    void doesNotStartWhereASignatureIsMeantAndNoKeyGiven(String variable) {
        CampaignConfig.Dkim dkim = dkim(Map.of(variable, "example", "CAMPAIGN_DKIM_KEY", "not a setting"));
        assertThatThrownBy(() -> EmailComposer.signer(dkim))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Set CAMPAIGN_DKIM_KEY_FILE");
    }

    private static CampaignConfig.Dkim dkim(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new EnvConfigSource(environment, 300))
                .withMapping(CampaignConfig.class)
                .build()
                .getConfigMapping(CampaignConfig.class)
                .dkim();
    }
}
