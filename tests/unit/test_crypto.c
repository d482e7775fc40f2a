/* SPDX-License-Identifier: EUPL-1.2 */
#include "unit.h"

static void digest_is(const char *expected, const void *a, size_t a_len, const void *b, size_t b_len)
{
	struct bef_sha256_state state;
	struct bef_hash hash;
	char text[BEF_HASH_HEX];

	bef_sha256(a, a_len, b, b_len, &hash);
	bef_hex(hash.byte, sizeof(hash.byte), text);
	assert_string_equal(text, expected);
	bef_sha256_start(&state);
	bef_sha256_more(&state, a, a_len);
	bef_sha256_more(&state, b, b_len);
	bef_sha256_end(&state, &hash);
	bef_hex(hash.byte, sizeof(hash.byte), text);
	assert_string_equal(text, expected);
}

/* FIPS 180-4, its examples. */
static void fips_180_4(void)
{
	static const struct { const char *text, *digest; } rows[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
		{ "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrst"
		  "nopqrstu", "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1" },
	};
	struct bef_sha256_state state;
	struct bef_hash hash;
	char text[BEF_HASH_HEX];
	char *many = malloc(1000000);

	for (size_t i = 0; i < ROWS(rows); i++)
		for (size_t cut = 0; cut <= strlen(rows[i].text); cut++)
			digest_is(rows[i].digest, rows[i].text, cut, rows[i].text + cut,
			          strlen(rows[i].text) - cut);
	memset(many, 'a', 1000000);
	digest_is("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", many, 1000000, NULL, 0);
	digest_is("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", many, 1, many, 999999);
	bef_sha256_start(&state);
	for (size_t done = 0, piece = 1; done < 1000000; done += piece, piece = piece * 7 % 1009 + 1)
		bef_sha256_more(&state, many, piece < 1000000 - done ? piece : 1000000 - done);
	bef_sha256_end(&state, &hash);
	bef_hex(hash.byte, sizeof(hash.byte), text);
	assert_string_equal(text, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
	free(many);
}

/* A digest begun slowly ends rightly when somebody hurries in between. */
static void sha_256_is_right_slow_fast_and_in_between(void **state)
{
	struct bef_sha256_state begun;
	struct bef_sha256_state other;
	struct bef_hash hash;
	char text[BEF_HASH_HEX];

	(void)state;
	fips_180_4();
	bef_sha256_start(&begun);
	bef_sha256_more(&begun, "a", 1);
	if (!bef_sha256_hurry())
		print_message("no libcrypto on this machine\n");
	assert_true(bef_sha256_hurry() == bef_sha256_hurry());
	bef_sha256_start(&other); /* two at once */
	bef_sha256_more(&other, "ab", 2);
	bef_sha256_more(&begun, "bc", 2);
	bef_sha256_end(&begun, &hash);
	bef_hex(hash.byte, sizeof(hash.byte), text);
	assert_string_equal(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	bef_sha256("x", 1, NULL, 0, &hash);
	bef_sha256_more(&other, "c", 1);
	bef_sha256_end(&other, &hash);
	bef_hex(hash.byte, sizeof(hash.byte), text);
	assert_string_equal(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	fips_180_4();
}

/* RFC 8032, 7.1, test 1: the key.  It signs messages of any length and we sign 32 bytes, so the
 * signature (of SHA-256("abc")) was made again by another program (node's crypto). */
static void a_key_from_a_seed_signs_as_rfc_8032_says(void **state)
{
	uint8_t seed[BEF_SEED_SIZE];
	uint8_t sig[BEF_SIG_SIZE];
	struct bef_keypair pair;
	struct bef_keypair other = unit_pen(0).key;
	struct bef_hash id;
	char text[2 * BEF_SIG_SIZE + 1];

	(void)state;
	assert_true(bef_unhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", seed,
	                      sizeof(seed)));
	bef_keypair_from_seed(seed, &pair);
	bef_hex(pair.public_key, sizeof(pair.public_key), text);
	assert_string_equal(text, "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
	bef_sha256("abc", 3, NULL, 0, &id);
	bef_sign(&pair, &id, sig);
	bef_hex(sig, sizeof(sig), text);
	assert_string_equal(text,
	                    "096f5569d807ee8ac7b1913da70cf0aab335c258f4b94c8f210dd141e9743927"
	                    "c8d1a6b378872a72c9446c1f75e6dc7b2def98bd0c214be6706d48791f57680a");
	assert_true(bef_signature_ok(pair.public_key, &id, sig));
	assert_false(bef_signature_ok(other.public_key, &id, sig));
	for (size_t bit = 0; bit < 8 * sizeof(sig); bit++) {
		sig[bit / 8] ^= (uint8_t)(1 << bit % 8);
		must(!bef_signature_ok(pair.public_key, &id, sig), "bit %zu of the signature", bit);
		sig[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	for (size_t bit = 0; bit < 8 * sizeof(id); bit++) {
		id.byte[bit / 8] ^= (uint8_t)(1 << bit % 8);
		must(!bef_signature_ok(pair.public_key, &id, sig), "bit %zu of the id", bit);
		id.byte[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	bef_keypair_clear(&pair);
	for (size_t i = 0; i < sizeof(pair); i++)
		assert_int_equal(((const uint8_t *)&pair)[i], 0);
}

/* Keys of small order accept a forged signature of anything; libsodium refuses them. */
static void a_key_of_small_order_signs_nothing(void **state)
{
	static const uint8_t key[BEF_KEY_SIZE] = { 1 };
	uint8_t sig[BEF_SIG_SIZE] = { 1 };
	struct bef_hash id = { { 0 } };

	(void)state;
	assert_false(bef_signature_ok(key, &id, sig));
	memset(sig, 0, sizeof(sig));
	assert_false(bef_signature_ok(key, &id, sig));
}

/* RFC 4231, test cases 1 to 4, 6 and 7. */
static void hmac_is_that_of_rfc_4231(void **state)
{
	static const struct { char key; size_t key_len; const char *data, *mac; } rows[] = {
		{ '\x0b', 20, "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7" },
		{ 0, 0, "what do ya want for nothing?",
		  "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" },
		{ '\xaa', 20, NULL, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe" },
		{ 1, 25, NULL, "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b" },
		{ '\xaa', 131, "Test Using Larger Than Block-Size Key - Hash Key First",
		  "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54" },
		{ '\xaa', 131,
		  "This is a test using a larger than block-size key and a larger than block-size data. The key "
		  "needs to be hashed before being used by the HMAC algorithm.",
		  "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		char key[131];
		char data[50];
		const char *what = rows[i].data ? rows[i].data : data;
		struct bef_hash mac;
		char text[BEF_HASH_HEX];

		memset(key, rows[i].key, sizeof(key));
		for (int n = 0; i == 3 && n < 25; n++)
			key[n] = (char)(n + 1);
		memset(data, i == 2 ? '\xdd' : '\xcd', sizeof(data));
		bef_hmac(i == 1 ? "Jefe" : key, i == 1 ? 4 : rows[i].key_len, what,
		         rows[i].data ? strlen(what) : sizeof(data),
		         &mac);
		bef_hex(mac.byte, sizeof(mac.byte), text);
		assert_string_equal(text, rows[i].mac);
	}
}

/* notes/alerts.md, A.7: a vector four implementations agree on. */
static void a_webhook_is_signed_as_standard_webhooks_says(void **state)
{
	static const char body[] = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W.1674087231.{\"a\":\"é\"}";
	uint8_t key[64];
	size_t len = bef_unbase64("YmVmZnJvaS10ZXN0LXNlY3JldC0zMi1ieXRlcy1vayE=", key, sizeof(key));
	struct bef_hash mac;
	char text[45];

	(void)state;
	assert_int_equal(len, 32);
	bef_hmac(key, len, body, sizeof(body) - 1, &mac);
	bef_base64(mac.byte, sizeof(mac.byte), text);
	assert_string_equal(text, "LJNEFinyY/4bek7e8ortxSstNqVMXmRKS/gRGqrsCSw=");
}

static void base64_is_padded_and_strict(void **state)
{
	/* RFC 4648, 10 */
	static const struct { const char *plain, *coded; } rows[] = {
		{ "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" },
		{ "foobar", "Zm9vYmFy" }, { "\xff\xfe\xfb", "//77" },
	};
	static const char *const bad[] = {
		"Zg", "Zg=", "Zg===", "Z", "Zh==", "Zm9=", "Zm9v\n", " Zm9v", "Zm 9v", "Zm9v!", "__77",
		"Zm9v=", "====", "Zm=v",
	};
	char out[20];

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		size_t len = strlen(rows[i].plain);

		bef_base64(rows[i].plain, len, out);
		assert_string_equal(out, rows[i].coded);
		assert_int_equal(bef_unbase64(rows[i].coded, out, len), len);
		assert_memory_equal(out, rows[i].plain, len);
		if (len > 0)
			assert_true(bef_unbase64(rows[i].coded, out, len - 1) == SIZE_MAX);
	}
	for (size_t i = 0; i < ROWS(bad); i++)
		must(bef_unbase64(bad[i], out, sizeof(out)) == SIZE_MAX, "'%s'", bad[i]);
}

static void hexadecimal_is_small_when_written_and_either_when_read(void **state)
{
	static const char *const bad[] = { "", "0", "00ff0", "00ff001", "00ff0g", "0 ff00", "00:ff", "0x00ff",
	                                   "00ff0011" };
	uint8_t bytes[3] = { 0, 0xff, 0x1a };
	char text[7];

	(void)state;
	bef_hex(bytes, 3, text);
	assert_string_equal(text, "00ff1a");
	assert_true(bef_unhex("00FF1a", bytes, 3));
	assert_int_equal(bytes[1], 0xff);
	for (size_t i = 0; i < ROWS(bad); i++)
		must(!bef_unhex(bad[i], bytes, 3), "'%s'", bad[i]);
	bef_hex(bytes, 0, text);
	assert_string_equal(text, "");
	assert_true(bef_unhex("", bytes, 0));
}

static void uuids_of_version_7_sort_by_time(void **state)
{
	static const int64_t times[] = { 0, 1, 255, 256, INT64_C(1762146600000), INT64_C(1762146600001),
	                                 INT64_C(253402300799999) };
	struct bef_uuid former = { { 0 } };
	char text[BEF_UUID_TEXT];

	(void)state;
	for (size_t i = 0; i < ROWS(times); i++) {
		struct bef_uuid uuid;
		struct bef_uuid read;

		bef_uuid_v7(times[i], &uuid);
		bef_uuid_format(&uuid, text);
		must(strlen(text) == 36 && text[14] == '7' && strchr("89ab", text[19]), "%s", text);
		assert_true(bef_uuid_parse(text, &read));
		assert_memory_equal(&uuid, &read, sizeof(uuid));
		must(i == 0 || memcmp(&former, &uuid, sizeof(uuid)) < 0, "%s", text);
		former = uuid;
	}
	bef_uuid_v7(INT64_C(1762146600000), &former);
	bef_uuid_format(&former, text);
	assert_memory_equal(text, "019a481f-4440-7", 15);
}

static void uuids_of_version_4_are_drawn_and_differ(void **state)
{
	struct bef_uuid uuid[100];

	(void)state;
	for (size_t i = 0; i < ROWS(uuid); i++) {
		bef_uuid_v4(&uuid[i]);
		assert_int_equal(uuid[i].byte[6] >> 4, 4);
		assert_int_equal(uuid[i].byte[8] >> 6, 2);
		for (size_t j = 0; j < i; j++)
			assert_memory_not_equal(&uuid[i], &uuid[j], sizeof(*uuid));
	}
}

static void what_is_no_uuid_is_refused(void **state)
{
	static const char *const bad[] = {
		"", "019a481f-4440-7000-8001-00000000000", "019a481f-4440-7000-8001-0000000000000",
		"019a481f44407000800100000000000000000", "019a481f-4440-7000-80010-00000000000",
		"019a481f_4440_7000_8001_000000000000", "019a481g-4440-7000-8001-000000000000",
		"-19a481f-4440-7000-8001-000000000000", "{019a481f-4440-7000-8001-00000000000}",
	};
	struct bef_uuid uuid;

	(void)state;
	for (size_t i = 0; i < ROWS(bad); i++)
		must(!bef_uuid_parse(bad[i], &uuid), "'%s'", bad[i]);
	assert_true(bef_uuid_parse("019A481F-4440-7000-8001-000000000000", &uuid));
}

UNIT_MAIN(unit(sha_256_is_right_slow_fast_and_in_between), unit(a_key_from_a_seed_signs_as_rfc_8032_says),
          unit(a_key_of_small_order_signs_nothing), unit(hmac_is_that_of_rfc_4231),
          unit(a_webhook_is_signed_as_standard_webhooks_says), unit(base64_is_padded_and_strict),
          unit(hexadecimal_is_small_when_written_and_either_when_read), unit(uuids_of_version_7_sort_by_time),
          unit(uuids_of_version_4_are_drawn_and_differ), unit(what_is_no_uuid_is_refused))
