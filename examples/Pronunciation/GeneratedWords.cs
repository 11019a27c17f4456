using Examples;

namespace Pronunciation;

/// <summary>Makes words up that are spelled somewhat like English ones, the same ones each time.</summary>
internal static class GeneratedWords
{
    /// <summary>Words without an end, each once.</summary>
    internal static IEnumerable<Word> All()
    {
        var random = new Random(20_260);
        return Endless().DistinctBy(word => word.Spelling);

        IEnumerable<Word> Endless()
        {
            while (true) yield return Draw(random);
        }
    }

    /// <summary>One to three syllables, of which the first is stressed.</summary>
    private static Word Draw(Random random)
    {
        List<Sound> sounds = [];
        int syllables = random.Next(1, 4);
        for (int i = 0; i < syllables; i++) AddSyllable(random, sounds, stress: i == 0 ? 1 : 0, isLast: i == syllables - 1);
        return new Word
        {
            Spelling = string.Concat(sounds.Select(sound => sound.Letters)),
            Phonemes = string.Join(' ', sounds.Select(sound => sound.Phonemes).Where(phonemes => phonemes.Length > 0)),
        };
    }

    private static void AddSyllable(Random random, List<Sound> sounds, int stress, bool isLast)
    {
        var vowel = random.One(Sound.Vowels);
        bool isLong = random.Chance(0.35), hasSilentE = !isLong && isLast && random.Chance(0.4);
        if (random.Chance(0.15)) sounds.Add(new("c", vowel.Letter is 'e' or 'i' && !isLong ? "S" : "K"));
        else if (sounds.Count == 0 || random.Chance(0.9)) sounds.Add(random.One(Sound.Onsets));
        if (isLong && sounds.LastOrDefault() is not { Letters: "c" }) sounds.Add(WithStress(random.One(Sound.LongVowels), stress));
        else sounds.Add(WithStress(new($"{vowel.Letter}", hasSilentE ? vowel.Long : vowel.Short), stress));
        if (hasSilentE) sounds.AddRange(random.One(Sound.BeforeSilentE), new Sound("e", ""));
        else if (isLast || random.Chance(0.4)) sounds.Add(random.One(Sound.Codas));
    }

    private static Sound WithStress(Sound vowel, int stress) => vowel with { Phonemes = vowel.Phonemes + stress };
}
