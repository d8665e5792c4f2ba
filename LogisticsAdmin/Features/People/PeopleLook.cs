namespace LogisticsAdmin.Features.People;

/// <summary>How states look.</summary>
internal static class PeopleLook
{
    public static string Pill(PersonState state) => state switch
    {
        PersonState.Expected => "new",
        PersonState.Active => "done",
        PersonState.Disabled => "late",
        _ => "hold",
    };
}
