using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LogisticsAdmin.Tests.Support;

/// <summary>Stores what the app logs, for tests that check the log.</summary>
internal sealed class RecordingLoggerProvider : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Message, Exception? Error)> _entries = [];

    public IEnumerable<(string Message, Exception? Error)> Errors => _entries.Where(e => e.Level >= LogLevel.Error).Select(e => (e.Message, e.Error));

    public IEnumerable<string> WarningsAndErrors => _entries.Where(e => e.Level >= LogLevel.Warning).Select(e => e.Message);

    public IEnumerable<string> Warnings => _entries.Where(e => e.Level == LogLevel.Warning).Select(e => e.Message);

    public IEnumerable<string> Messages => _entries.Select(e => e.Message);

    public ILogger CreateLogger(string categoryName) => new RecordingLogger(_entries);

    public void Dispose() { }

    private sealed class RecordingLogger(ConcurrentQueue<(LogLevel, string, Exception?)> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.Enqueue((logLevel, formatter(state, exception), exception));
    }
}
