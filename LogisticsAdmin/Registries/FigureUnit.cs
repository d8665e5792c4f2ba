namespace LogisticsAdmin.Registries;

/// <summary>What a figure is measured in. Its rows' measures are whole numbers of the smallest part of it.</summary>
public enum FigureUnit
{
    /// <summary>件: tickets and other things.</summary>
    Pieces = 1,

    /// <summary>A fraction of one, shown in percent; measured in hundredths of a percent.</summary>
    Percent = 2,

    /// <summary>Minutes of working time; measured in seconds.</summary>
    WorkingMinutes = 3,

    /// <summary>Hours as they passed; measured in seconds.</summary>
    Hours = 4,

    /// <summary>Yuan; measured in fen.</summary>
    Yuan = 5,
    Stars = 6,

    /// <summary>Points of the workload.</summary>
    Points = 7,

    /// <summary>次: how often something happened.</summary>
    Times = 8,
}
