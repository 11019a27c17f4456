using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace MLNet.Embeddings;

/// <summary>A parameter of a query.</summary>
/// <param name="Name">Its name, with what the database writes before it.</param>
/// <param name="Value">Its value.</param>
internal sealed record QueryParameter(string Name, int Value);

/// <summary>Makes connections whose commands have parameters, which ML.NET's loader sets none of.</summary>
/// <param name="connect">Makes a connection.</param>
/// <param name="parameters">The parameters.</param>
internal sealed class QueryConnections(Func<DbConnection> connect, QueryParameter[] parameters) : DbProviderFactory
{
    public override DbConnection CreateConnection() => new Connection(connect(), parameters);

    private sealed class Connection(DbConnection inner, QueryParameter[] parameters) : DbConnection
    {
        // How to connect is known to the inner one, and to nobody else.
        [AllowNull]
        public override string ConnectionString { get; set; } = "";

        public override string Database => inner.Database;

        public override string DataSource => inner.DataSource;

        public override string ServerVersion => inner.ServerVersion;

        public override ConnectionState State => inner.State;

        public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

        public override void Open() => inner.Open();

        public override void Close() => inner.Close();

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => inner.BeginTransaction(isolationLevel);

        protected override DbCommand CreateDbCommand()
        {
            var command = inner.CreateCommand();
            foreach (var (name, value) in parameters)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.DbType, parameter.Value) = (name, DbType.Int32, value);
                command.Parameters.Add(parameter);
            }
            return command;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
