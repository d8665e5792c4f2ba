namespace LogisticsAdmin.Media;

/// <summary>Why a picture is refused: a key <c>Refusal.Picture…</c> for each <see cref="PictureProblem"/>.</summary>
public sealed class MediaText;
