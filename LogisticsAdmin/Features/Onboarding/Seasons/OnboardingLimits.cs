namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>Limits of what may be typed, in characters or pieces.</summary>
public static class OnboardingLimits
{
    public const int Name = 80;
    public const int NameEn = 120;
    public const int ClassName = 60;
    public const int Remark = 300;
    public const int Reason = 200;
    public const int Paper = 8_000;
    public const int KeyLabel = 30;
    public const int Number = 20;
    public const int PaymentNumber = 20;
    public const int Capacity = 9_999;
    public const int Quantity = 9;

    /// <summary>Groups of a season, classes of a group, rooms of a group, fees, things, papers and desk times of a season.</summary>
    public const int Groups = 50;
    public const int Classes = 100;
    public const int Rooms = 50;
    public const int Parts = 100;
    public const decimal Amount = 99_999.99m;

    /// <summary>So many characters at least are looked for by the search box.</summary>
    public const int ShortestSearch = 2;
}
