// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AnnouncementTest {
    private static final Announcement MEMBER = announcement("a:1", true, Map.of("images.topic", "images"));

    @Test
    void shouldBeReadAsItWasWritten() {
        Announcement other = announcement("höst:2", false, Map.of("images.topic", "photos", "noise key", "none"));
        assertThat(Announcement.read(Announcement.write(List.of(MEMBER, other))))
                .containsExactly(MEMBER, other);
    }

    @Test
    void shouldRefuseWhatIsNoAnnouncement() {
        ByteBuffer whole = Announcement.write(List.of(MEMBER));
        for (int length = 0; length < whole.limit(); length++) {
            ByteBuffer cut = whole.duplicate().limit(length);
            assertThatThrownBy(() -> Announcement.read(cut)).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void shouldNameWhatDiffersInSettingsThatBothKnow() {
        Announcement newer = announcement("b:1", false, Map.of("images.topic", "photos", "new setting", "1"));
        assertThat(newer.differences(MEMBER)).containsExactly("images.topic is photos here and images there");
        assertThat(MEMBER.differences(MEMBER)).isEmpty();
    }

    @Test
    void shouldGiveWayToMembersAndLetOneOfTwoThatAskAtOnceStay() {
        Announcement first = announcement("a:2", false, Map.of());
        Announcement second = announcement("b:2", false, Map.of());
        assertThat(first.givesWayTo(MEMBER)).isTrue();
        assertThat(MEMBER.givesWayTo(first)).isFalse();
        assertThat(MEMBER.givesWayTo(second.asMember())).isFalse();
        assertThat(first.givesWayTo(second)).isFalse();
        assertThat(second.givesWayTo(first)).isTrue();
        assertThat(first.givesWayTo(first)).isFalse();
    }

    private static Announcement announcement(String instance, boolean isMember, Map<String, String> settings) {
        return new Announcement(instance, isMember, new TreeMap<>(settings));
    }
}
